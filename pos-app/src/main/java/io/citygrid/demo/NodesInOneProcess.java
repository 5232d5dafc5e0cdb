package io.citygrid.demo;

import io.citygrid.grid.node.GridNode;
import io.citygrid.grid.node.NodeSettings;
import io.citygrid.launch.CannotStart;
import io.citygrid.launch.NodeStart;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.ignite.IgniteState;
import org.apache.ignite.Ignition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All nodes in this process: light and quick, but they cannot be killed one by one. */
final class NodesInOneProcess implements DemoNodes {
    private static final Logger log = LoggerFactory.getLogger(NodesInOneProcess.class);

    private static final Duration SERVING_WITHIN = Duration.ofSeconds(90);

    private final List<NodeSettings> settings;
    private final List<Future<GridNode>> nodes = new ArrayList<>();
    private final ExecutorService executor;

    /** @param tell where to say, for people, that a node is gone */
    NodesInOneProcess(List<NodeSettings> settings, Consumer<String> tell) {
        this.settings = settings;
        Ignition.addListener((name, state) -> {
            if (state == IgniteState.STOPPED_ON_FAILURE || state == IgniteState.STOPPED_ON_SEGMENTATION) {
                tell.accept("node " + name
                        + " has failed and is gone; the others go on, a restart of the demo brings it back");
            }
        });
        this.executor = Executors.newFixedThreadPool(settings.size());
    }

    @Override
    public void start() {
        // The first one loads the classes and founds the ring; the others then join it side by side.
        GridNode first = await(submit(settings.get(0)));
        settings.subList(1, settings.size()).forEach(this::submit);
        nodes.forEach(NodesInOneProcess::await);
        first.awaitServing(SERVING_WITHIN);
        nodes.forEach(node -> await(node).awaitServing(SERVING_WITHIN));
    }

    private Future<GridNode> submit(NodeSettings node) {
        Future<GridNode> starting = executor.submit(() -> NodeStart.start(node));
        nodes.add(starting);
        return starting;
    }

    private static GridNode await(Future<GridNode> starting) {
        try {
            return starting.get();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new CannotStart("interrupted while the nodes started", stopping);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof CannotStart refused
                    ? refused
                    : new CannotStart("a grid node did not start: " + failed.getCause(), failed);
        }
    }

    @Override
    public void close() {
        List<Future<?>> leaving = new ArrayList<>();
        for (Future<GridNode> node : nodes) {
            leaving.add(executor.submit(() -> {
                node.get().close();
                return null;
            }));
        }
        executor.shutdown();
        for (Future<?> node : leaving) {
            try {
                node.get(1, TimeUnit.MINUTES);
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
                return;
            } catch (Exception failed) {
                log.info("a node did not leave cleanly", failed);
            }
        }
    }
}
