package io.citygrid.placement;

import java.time.ZoneId;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.ignite.cluster.ClusterNode;
import org.apache.ignite.lang.IgnitePredicate;
import org.apache.ignite.util.AttributeNodeFilter;
import org.jspecify.annotations.Nullable;

/** The user attributes by which nodes say what they are. */
public final class NodeAttributes {
    /** The cities that a node serves: ids separated by commas. */
    public static final String CITY_ID = "CITY_ID";

    /** {@link #ROLE_DATA} on nodes that hold data. */
    public static final String ROLE = "ROLE";

    public static final String ROLE_DATA = "data";

    /** {@code host:port} at which thin clients reach the node. */
    public static final String THIN_ADDRESS = "THIN_ADDRESS";

    /** {@code host:port} at which other nodes find the node. */
    public static final String DISCOVERY_ADDRESS = "DISCOVERY_ADDRESS";

    /** The survival goal that the node was started with; all nodes of a cluster must agree. */
    public static final String SURVIVAL_GOAL = "SURVIVAL_GOAL";

    /** What the node was told to do when a city falls silent; all nodes of a cluster must agree. */
    public static final String CITY_LOSS = "CITY_LOSS";

    /** When the node's sales reach PostgreSQL; all nodes of a cluster must agree. */
    public static final String WRITE_THROUGH = "WRITE_THROUGH";

    /**
     * The time zone in which a business day begins at midnight, such as Asia/Karachi; all nodes of a cluster must agree. It is the
     * default zone of the node's process, in which SQL shows times.
     */
    public static final String BUSINESS_ZONE = "BUSINESS_ZONE";

    private NodeAttributes() {}

    /** The node filter of every cache: data lives on nodes whose role is data. */
    public static IgnitePredicate<ClusterNode> dataNodes() {
        return new AttributeNodeFilter(ROLE, ROLE_DATA);
    }

    /** Whether {@code node} holds data. */
    public static boolean isDataNode(ClusterNode node) {
        return ROLE_DATA.equals(node.attribute(ROLE));
    }

    /** In which a business day begins at midnight, as {@code node} was told. */
    public static ZoneId businessZone(ClusterNode node) {
        return ZoneId.of(node.<String>attribute(BUSINESS_ZONE));
    }

    /** The ids of the cities that {@code node} serves; empty if it names none. */
    public static Set<Integer> cities(ClusterNode node) {
        return parseCities(node.attribute(CITY_ID));
    }

    /** Parses the value of {@link #CITY_ID}. */
    public static Set<Integer> parseCities(@Nullable String attribute) {
        if (attribute == null || attribute.isBlank()) {
            return Set.of();
        }
        return Arrays.stream(attribute.split(","))
                .map(String::strip)
                .map(Integer::valueOf)
                .collect(Collectors.toUnmodifiableSet());
    }
}
