package io.citygrid.durability;

import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * Where the PostgreSQL databases are.
 *
 * @param urls JDBC URLs by city id; 0 is the central database, which also keeps the rows of cities without one of their own
 */
public record DatabaseSettings(Map<Integer, String> urls, String user, String password) {
    /** Stands for the central database where a city id is asked for. */
    public static final int CENTRAL = 0;

    public DatabaseSettings {
        urls = Map.copyOf(urls);
        if (!urls.containsKey(CENTRAL)) {
            throw new IllegalArgumentException("the central database is missing: write central=jdbc:postgresql://…");
        }
    }

    /**
     * Parses {@code central=jdbc:…,1=jdbc:…,2=jdbc:…}.
     *
     * @throws IllegalArgumentException naming the part that is wrong
     */
    public static DatabaseSettings parse(String databases, String user, String password) {
        Map<Integer, String> urls = new TreeMap<>();
        for (String part : databases.split(",")) {
            String[] pair = part.strip().split("=", 2);
            if (pair.length != 2 || !pair[1].startsWith("jdbc:postgresql:")) {
                throw new IllegalArgumentException(
                        "database '" + part + "': write central=jdbc:postgresql://host:port/name or the id of a city "
                                + "in front, separated by commas");
            }
            try {
                urls.put("central".equals(pair[0]) ? CENTRAL : Integer.parseInt(pair[0]), pair[1]);
            } catch (NumberFormatException notACity) {
                throw new IllegalArgumentException(
                        "database '" + part + "': '" + pair[0] + "' is neither a city id nor 'central'", notACity);
            }
        }
        return new DatabaseSettings(urls, user, password);
    }

    /** The setting that {@link #parse} reads. */
    public String format() {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(urls).forEach((city, url) -> text.append(text.isEmpty() ? "" : ",")
                .append(city == CENTRAL ? "central" : city.toString())
                .append('=')
                .append(url));
        return text.toString();
    }

    /** The user and the password as JDBC drivers take them. */
    Properties login() {
        Properties login = new Properties();
        login.setProperty("user", user);
        login.setProperty("password", password);
        return login;
    }

    /** These, and {@code url} for {@code cityId}. */
    DatabaseSettings with(int cityId, String url) {
        Map<Integer, String> more = new TreeMap<>(urls);
        more.put(cityId, url);
        return new DatabaseSettings(more, user, password);
    }

    /** Which database keeps the rows of {@code cityId}: its own, or the central one ({@link #CENTRAL}). */
    public int home(int cityId) {
        return urls.containsKey(cityId) ? cityId : CENTRAL;
    }

    /** The name of the database that keeps the rows of {@code cityId}. */
    public String name(int cityId) {
        return nameIn(urls.getOrDefault(home(cityId), ""));
    }

    /** The name of the database that a JDBC URL leads to. */
    static String nameIn(String url) {
        String path = url.contains("?") ? url.substring(0, url.indexOf('?')) : url;
        return path.substring(path.lastIndexOf('/') + 1);
    }

    @Override
    public String toString() {
        return "DatabaseSettings[" + format() + ", user=" + user + "]";
    }
}
