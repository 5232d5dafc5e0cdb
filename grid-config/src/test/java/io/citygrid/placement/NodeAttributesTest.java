package io.citygrid.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import org.apache.ignite.cluster.ClusterNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class NodeAttributesTest {
    @ParameterizedTest
    @ValueSource(strings = {"1,2,3", " 1, 2 ,3 ", "3,1,2,2"})
    void citiesAreIdsSeparatedByCommas(String attribute) {
        assertThat(NodeAttributes.parseCities(attribute)).containsExactlyInAnyOrder(1, 2, 3);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "   "})
    void aNodeMayNameNoCity(String attribute) {
        assertThat(NodeAttributes.parseCities(attribute)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"karachi", "1;2", "1,,2", "1.5"})
    void anythingElseIsRefused(String attribute) {
        assertThatThrownBy(() -> NodeAttributes.parseCities(attribute)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void citiesAreReadFromTheNodesAttribute() {
        assertThat(NodeAttributes.cities(Nodes.node("a", "1,5"))).containsExactlyInAnyOrder(1, 5);
        assertThat(NodeAttributes.cities(Nodes.withAttributes("node", Map.of())))
                .isEmpty();
    }

    @Test
    void cachesLieOnDataNodesOnly() {
        ClusterNode data = Nodes.withAttributes("node", Map.of(NodeAttributes.ROLE, NodeAttributes.ROLE_DATA));
        ClusterNode other = Nodes.withAttributes("node", Map.of(NodeAttributes.ROLE, "gateway"));
        ClusterNode none = Nodes.withAttributes("node", Map.of());

        assertThat(NodeAttributes.dataNodes().apply(data)).isTrue();
        assertThat(NodeAttributes.isDataNode(data)).isTrue();
        for (ClusterNode node : Set.of(other, none)) {
            assertThat(NodeAttributes.dataNodes().apply(node)).isFalse();
            assertThat(NodeAttributes.isDataNode(node)).isFalse();
        }
    }
}
