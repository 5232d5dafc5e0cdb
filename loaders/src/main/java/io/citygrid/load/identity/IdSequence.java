package io.citygrid.load.identity;

import java.util.HashMap;
import java.util.Map;

/** Gives rows their numeric ids: a code that the grid knows keeps its id, a new one gets the next free id. */
public final class IdSequence {
    private final Map<String, Integer> ids;
    private int last;

    /**
     * @param known the ids that are taken, by code
     */
    public IdSequence(Map<String, Integer> known) {
        this.ids = new HashMap<>(known);
        this.last = known.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    /** The id of {@code code}, the same whenever it is asked for. */
    public int idOf(String code) {
        return ids.computeIfAbsent(code, added -> ++last);
    }
}
