package io.citygrid.load.chain;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The demo chain. Its ids are fixed: other people's scripts rely on them. */
public final class Chain {
    /** In which the stores' clocks run and the sales file's times are read. */
    public static final ZoneId ZONE = ZoneId.of("Asia/Karachi");

    private static final int KARACHI = 1;
    private static final int LAHORE = 2;

    private static final Map<Integer, String> CITIES = new TreeMap<>(Map.of(KARACHI, "Karachi", LAHORE, "Lahore"));

    private static final List<ChainStore> STORES = List.of(
            new ChainStore(1, "KHI001", "Karachi Saddar", KARACHI),
            new ChainStore(2, "KHI002", "Karachi Clifton", KARACHI),
            new ChainStore(3, "KHI003", "Karachi Gulshan-e-Iqbal", KARACHI),
            new ChainStore(4, "KHI004", "Karachi North Nazimabad", KARACHI),
            new ChainStore(5, "KHI005", "Karachi Korangi", KARACHI),
            new ChainStore(6, "LHR001", "Lahore Gulberg", LAHORE),
            new ChainStore(7, "LHR002", "Lahore Model Town", LAHORE),
            new ChainStore(8, "LHR003", "Lahore Johar Town", LAHORE),
            new ChainStore(9, "LHR004", "Lahore Anarkali", LAHORE),
            new ChainStore(10, "LHR005", "Lahore Defence", LAHORE));

    private Chain() {}

    /** The names of the cities by id, in the order of their ids. */
    public static Map<Integer, String> cities() {
        return CITIES;
    }

    /** The stores in the order of their ids, which are 1 to 10. */
    public static List<ChainStore> stores() {
        return STORES;
    }

    /**
     * The store in which an invoice of the sales file was rung up: the store whose id is the last digit of the invoice's
     * number, with 0 meaning store 10.
     *
     * <p>The rule looks at nothing but the number. A rule that counted invoices would move every later invoice to another store
     * as soon as one bad line of the file is mended, and the next replay would sell those invoices a second time.
     *
     * @throws IllegalArgumentException if the number does not end in a digit
     */
    public static ChainStore storeOf(String invoiceNumber) {
        int digit = invoiceNumber.isEmpty() ? -1 : invoiceNumber.charAt(invoiceNumber.length() - 1) - '0';
        if (digit < 0 || digit > 9) {
            throw new IllegalArgumentException("an invoice number ends in a digit, not " + invoiceNumber);
        }
        return STORES.get((digit + STORES.size() - 1) % STORES.size());
    }
}
