package io.citygrid.grid.growth;

import io.citygrid.grid.GridCaches;
import java.util.Set;
import java.util.TreeSet;
import org.apache.ignite.Ignite;
import org.apache.ignite.cache.CachePeekMode;

/** The nodes that an operator has taken out of the grid for good. */
public final class Retirements {
    private Retirements() {}

    /** Their names, as far as {@code node} has been told; empty while the cluster is not active. */
    public static Set<String> of(Ignite node) {
        Set<String> names = new TreeSet<>();
        GridCaches.NODE_RETIREMENTS
                .on(node)
                .localEntries(CachePeekMode.ALL)
                .forEach(retirement -> names.add(retirement.getKey()));
        return names;
    }
}
