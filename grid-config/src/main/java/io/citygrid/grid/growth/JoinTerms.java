package io.citygrid.grid.growth;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a node needs to know to join a running grid, apart from the login to its databases. */
public final class JoinTerms {
    private final ArrayList<String> peers;
    private final String databases;
    private final String survivalGoal;
    private final String cityLoss;
    private final String writeThrough;
    private final HashMap<String, Integer> cities;

    JoinTerms(
            List<String> peers,
            String databases,
            String survivalGoal,
            String cityLoss,
            String writeThrough,
            Map<String, Integer> cities) {
        this.peers = new ArrayList<>(peers);
        this.databases = databases;
        this.survivalGoal = survivalGoal;
        this.cityLoss = cityLoss;
        this.writeThrough = writeThrough;
        this.cities = new HashMap<>(cities);
    }

    /** Discovery addresses ({@code host:port}) of the living nodes. */
    public List<String> peers() {
        return Collections.unmodifiableList(peers);
    }

    /** As {@link io.citygrid.durability.DatabaseSettings#parse} reads it. */
    public String databases() {
        return databases;
    }

    public String survivalGoal() {
        return survivalGoal;
    }

    public String cityLoss() {
        return cityLoss;
    }

    public String writeThrough() {
        return writeThrough;
    }

    /** Ids of the cities by name. */
    public Map<String, Integer> cities() {
        return Collections.unmodifiableMap(cities);
    }
}
