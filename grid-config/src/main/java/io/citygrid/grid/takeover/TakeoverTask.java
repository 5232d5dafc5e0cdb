package io.citygrid.grid.takeover;

import io.citygrid.grid.GridCaches;
import io.citygrid.grid.GridJob;
import io.citygrid.grid.GridTransaction;
import io.citygrid.model.Moments;
import io.citygrid.model.catalog.City;
import io.citygrid.model.catalog.CityTakeover;
import io.citygrid.placement.CityLoss;
import io.citygrid.placement.NodeAttributes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import javax.cache.Cache;
import org.apache.ignite.Ignite;
import org.apache.ignite.cache.CachePeekMode;
import org.apache.ignite.cluster.ClusterNode;
import org.apache.ignite.compute.ComputeJob;
import org.apache.ignite.compute.ComputeJobResult;
import org.apache.ignite.compute.ComputeTaskAdapter;
import org.apache.ignite.resources.IgniteInstanceResource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down that other cities sell for a city, or that they no longer do. It runs on the node that is asked, since it is about
 * the cluster as that node sees it.
 */
public final class TakeoverTask extends ComputeTaskAdapter<TakeoverRequest, TakeoverResult> {
    private static final long serialVersionUID = 1L;

    private static final Logger log = LoggerFactory.getLogger(TakeoverTask.class);

    @IgniteInstanceResource
    private transient Ignite node;

    @Override
    public Map<? extends ComputeJob, ClusterNode> map(List<ClusterNode> nodes, TakeoverRequest request) {
        return Map.of(new TakeoverJob(request), node.cluster().localNode());
    }

    @Override
    public TakeoverResult reduce(List<ComputeJobResult> results) {
        return results.get(0).getData();
    }

    private static final class TakeoverJob extends GridJob {
        private static final long serialVersionUID = 1L;

        private final TakeoverRequest request;

        TakeoverJob(TakeoverRequest request) {
            this.request = request;
        }

        @Override
        protected Object work() {
            Optional<Cache.Entry<Integer, City>> city = find();
            if (city.isEmpty()) {
                return TakeoverResult.refused(request.city(), "There is no city " + request.city() + ".");
            }
            int cityId = city.get().getKey();
            String name = city.get().getValue().name();
            if (!CityLoss.KEEP_SELLING
                    .setting()
                    .equals(node.cluster().localNode().<String>attribute(NodeAttributes.CITY_LOSS))) {
                return TakeoverResult.refused(
                        name,
                        "The nodes run with --city-loss hand-over: the others sell for a lost city by themselves.");
            }
            List<String> living = living(cityId);
            TakeoverResult result = request.undo() ? giveBack(cityId, name, living) : takeOver(cityId, name, living);
            if (result.refusal() == null) {
                log.warn(
                        "{} {}",
                        name,
                        request.undo()
                                ? "was given back to its own nodes"
                                : "was taken over by the other cities' nodes");
            }
            return result;
        }

        private Optional<Cache.Entry<Integer, City>> find() {
            String wanted = request.city().strip();
            return StreamSupport.stream(
                            GridCaches.CITIES
                                    .on(node)
                                    .localEntries(CachePeekMode.ALL)
                                    .spliterator(),
                            false)
                    .filter(city -> city.getValue().name().equalsIgnoreCase(wanted)
                            || city.getKey().toString().equals(wanted))
                    .findFirst();
        }

        private List<String> living(int cityId) {
            return node.cluster().forServers().nodes().stream()
                    .filter(member -> NodeAttributes.cities(member).contains(cityId))
                    .map(member -> member.consistentId().toString())
                    .sorted()
                    .toList();
        }

        private TakeoverResult takeOver(int cityId, String name, List<String> living) {
            if (!living.isEmpty()) {
                return TakeoverResult.refused(
                        name,
                        String.join(", ", living) + (living.size() == 1 ? " is" : " are")
                                + " alive and can sell. A city is taken over when its nodes are gone: stop them"
                                + " first.");
            }
            return GridTransaction.run(node, transaction -> {
                CityTakeover before = transaction.lock(GridCaches.CITY_TAKEOVERS, cityId);
                if (before != null) {
                    return TakeoverResult.refused(name, "It was taken over at " + before.since() + " already.");
                }
                transaction.put(GridCaches.CITY_TAKEOVERS, cityId, new CityTakeover(Moments.now()));
                return TakeoverResult.done(name);
            });
        }

        private TakeoverResult giveBack(int cityId, String name, List<String> living) {
            if (living.isEmpty()) {
                return TakeoverResult.refused(
                        name, "None of its nodes is in the cluster, so nobody would sell for it: start them first.");
            }
            return GridTransaction.run(node, transaction -> {
                if (transaction.lock(GridCaches.CITY_TAKEOVERS, cityId) == null) {
                    return TakeoverResult.refused(name, "It is not taken over.");
                }
                transaction.remove(GridCaches.CITY_TAKEOVERS, cityId);
                return TakeoverResult.done(name);
            });
        }
    }
}
