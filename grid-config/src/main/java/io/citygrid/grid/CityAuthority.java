package io.citygrid.grid;

import io.citygrid.model.catalog.City;
import io.citygrid.placement.CityLoss;
import io.citygrid.placement.NodeAttributes;
import java.util.Locale;
import java.util.Set;
import org.apache.ignite.Ignite;
import org.apache.ignite.cache.CachePeekMode;
import org.apache.ignite.cluster.ClusterNode;

/**
 * Whether the cluster, as a node sees it, may sell for a city and write its rows. When the links between cities are cut, each
 * side is a cluster of its own and has copies of the others' fragments.
 *
 * <ul>
 *   <li>{@link CityLoss#HAND_OVER}: whoever sees at least half of all nodes may.
 *   <li>{@link CityLoss#KEEP_SELLING}: the side with the city's own nodes may, that is, with most of them, or with any of them and
 *       half of all nodes. A city that an operator has taken over belongs to the other cities' nodes until it is given back.
 * </ul>
 */
public final class CityAuthority {
    private final Ignite node;
    private final int cityId;
    private final CityLoss choice;
    private final boolean takenOver;

    private CityAuthority(Ignite node, int cityId, CityLoss choice, boolean takenOver) {
        this.node = node;
        this.cityId = cityId;
        this.choice = choice;
        this.takenOver = takenOver;
    }

    /**
     * Looks whether the city was taken over; to be called outside of a transaction, in which that would lock.
     *
     * @throws RolledBack if it could not be found out in time
     */
    public static CityAuthority ask(Ignite node, int cityId) {
        CityLoss choice = choice(node.cluster().localNode());
        boolean takenOver =
                choice == CityLoss.KEEP_SELLING && BoundedReads.contains(node, GridCaches.CITY_TAKEOVERS, cityId);
        return new CityAuthority(node, cityId, choice, takenOver);
    }

    /** Whether {@code node} may act for the city now, as far as it can be found out; to be called outside of a transaction. */
    public static boolean isHeldBy(Ignite node, int cityId) {
        try {
            return ask(node, cityId).holds();
        } catch (RolledBack unknown) {
            return false;
        }
    }

    private static CityLoss choice(ClusterNode node) {
        String setting = node.attribute(NodeAttributes.CITY_LOSS);
        return setting == null ? CityLoss.HAND_OVER : CityLoss.of(setting);
    }

    /**
     * To be called before anything of the city is believed, and again when all locks are held: a node that was frozen meanwhile
     * may have been given up by the others.
     *
     * @throws NotInCharge if nodes elsewhere sell for the city
     * @throws RolledBack if this node sees too few of the others
     */
    public void require() {
        Quorum quorum = Quorum.seenBy(node);
        if (holds(quorum)) {
            return;
        }
        if (choice == CityLoss.KEEP_SELLING && takenOver && own()) {
            throw new NotInCharge(
                    name() + " was taken over by other cities and its own nodes do not sell for it: give it "
                            + "back with ./pos ops takeover --city " + option() + " --undo.");
        }
        if (choice == CityLoss.KEEP_SELLING && !takenOver && !quorum.anyOf(cityId)) {
            throw new NotInCharge(
                    "The nodes here do not sell for " + name() + ", which keeps selling on its own side. If its "
                            + "nodes are gone, run ./pos ops takeover --city " + option() + ".");
        }
        throw new RolledBack("this node sees only " + quorum + " nodes");
    }

    /** Whether {@link #require} would pass now. */
    public boolean holds() {
        return holds(Quorum.seenBy(node));
    }

    private boolean holds(Quorum quorum) {
        if (choice == CityLoss.HAND_OVER) {
            return quorum.half();
        }
        if (takenOver) {
            return !own() && (quorum.half() || ownCities().stream().anyMatch(quorum::mostOf));
        }
        return quorum.mostOf(cityId) || quorum.half() && quorum.anyOf(cityId);
    }

    private boolean own() {
        return ownCities().contains(cityId);
    }

    private Set<Integer> ownCities() {
        return NodeAttributes.cities(node.cluster().localNode());
    }

    /** By a local copy, which locks nothing. */
    private String name() {
        City city = GridCaches.CITIES.on(node).localPeek(cityId, CachePeekMode.ALL);
        return city == null ? "city " + cityId : city.name();
    }

    private String option() {
        return name().startsWith("city ") ? String.valueOf(cityId) : name().toLowerCase(Locale.ROOT);
    }
}
