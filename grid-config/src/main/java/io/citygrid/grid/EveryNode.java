package io.citygrid.grid;

import io.citygrid.placement.NodeAttributes;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteException;
import org.apache.ignite.cluster.ClusterNode;
import org.apache.ignite.lang.IgniteCallable;
import org.apache.ignite.lang.IgniteFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks all living data nodes at the same time. A node that is frozen or leaves does not hold the answers of the others up. */
public final class EveryNode {
    private static final Logger log = LoggerFactory.getLogger(EveryNode.class);

    /**
     * Who answered what.
     *
     * @param byNode answers by name of the node
     * @param silent names of the nodes that did not answer in time, or failed
     */
    public record Answers<R>(Map<String, R> byNode, List<String> silent) {}

    private EveryNode() {}

    /** Has every data node run {@code question}, a named class with plain data, and waits {@code within} for all of them. */
    public static <R> Answers<R> ask(Ignite node, IgniteCallable<R> question, Duration within) {
        return ask(
                node,
                node.cluster()
                        .forServers()
                        .forAttribute(NodeAttributes.ROLE, NodeAttributes.ROLE_DATA)
                        .nodes(),
                question,
                within);
    }

    /** As the other, of {@code members} alone. */
    public static <R> Answers<R> ask(
            Ignite node, Collection<ClusterNode> members, IgniteCallable<R> question, Duration within) {
        Map<String, IgniteFuture<R>> asked = new TreeMap<>();
        for (ClusterNode member : members) {
            asked.put(
                    member.consistentId().toString(),
                    node.compute(node.cluster().forNode(member)).callAsync(question));
        }
        long deadline = System.nanoTime() + within.toNanos();
        Map<String, R> answers = new TreeMap<>();
        asked.forEach((name, answer) -> {
            try {
                answers.put(name, answer.get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS));
            } catch (IgniteException silent) {
                // It is not cancelled: that would interrupt the node's work wherever it is.
                log.debug("node {} did not answer", name, silent);
            }
        });
        return new Answers<>(
                answers,
                asked.keySet().stream()
                        .filter(name -> !answers.containsKey(name))
                        .toList());
    }
}
