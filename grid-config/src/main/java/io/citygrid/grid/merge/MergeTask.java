package io.citygrid.grid.merge;

import io.citygrid.durability.DatabaseRefusal;
import io.citygrid.grid.CityAuthority;
import io.citygrid.grid.GridCache;
import io.citygrid.grid.GridCaches;
import io.citygrid.grid.GridJob;
import io.citygrid.grid.GridTransaction;
import io.citygrid.grid.StoreNotOpen;
import io.citygrid.grid.outbox.FragmentOpenings;
import io.citygrid.model.CityFragment;
import io.citygrid.model.CityKey;
import io.citygrid.model.Moments;
import io.citygrid.model.Versioned;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteException;
import org.apache.ignite.cluster.ClusterNode;
import org.apache.ignite.compute.ComputeJob;
import org.apache.ignite.compute.ComputeJobResult;
import org.apache.ignite.compute.ComputeTaskAdapter;
import org.apache.ignite.resources.IgniteInstanceResource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings master data into the grid in one grid transaction: a new row gets version 1, a changed one the next version, an equal
 * one stays as it is. Doing it twice changes nothing the second time.
 */
public final class MergeTask extends ComputeTaskAdapter<MergeRequest, MergeResult> {
    /** What may be merged; everything else changes through its own task. */
    private static final Set<GridCache<?, ?>> MASTER_DATA = Set.of(
            GridCaches.CITY_DATABASES,
            GridCaches.CITIES,
            GridCaches.CATEGORIES,
            GridCaches.PRODUCTS,
            GridCaches.STORES,
            GridCaches.CUSTOMERS,
            GridCaches.CUSTOMER_CONTACTS);

    private static final Logger log = LoggerFactory.getLogger(MergeTask.class);

    @IgniteInstanceResource
    private transient Ignite node;

    @Override
    public Map<? extends ComputeJob, ClusterNode> map(List<ClusterNode> nodes, MergeRequest request) {
        Object first = request.rows().keySet().iterator().next();
        ClusterNode home = first instanceof CityKey key
                ? node.affinity(request.cache()).mapKeyToNode(key)
                : node.cluster().localNode();
        if (home == null) {
            throw new IgniteException("no living node holds the rows' city fragment");
        }
        return Map.of(new MergeJob(request), home);
    }

    @Override
    public MergeResult reduce(List<ComputeJobResult> results) {
        return results.get(0).getData();
    }

    private static final class MergeJob extends GridJob {
        private static final long serialVersionUID = 1L;

        private final MergeRequest request;

        MergeJob(MergeRequest request) {
            this.request = request;
        }

        @Override
        protected Object work() {
            GridCache<?, ?> cache = GridCaches.named(request.cache());
            if (!MASTER_DATA.contains(cache)) {
                throw new IllegalArgumentException(cache.name() + " is not master data");
            }
            if (request.rows().keySet().iterator().next() instanceof CityKey key) {
                CityAuthority.ask(node, CityFragment.cityOf(key.cityFragment())).require();
            }
            try {
                if (request.rows().keySet().iterator().next() instanceof CityKey key) {
                    // An emptied grid takes no new rows before PostgreSQL's are back.
                    FragmentOpenings.awaitSeen(node, key.cityFragment());
                }
                return merge(cache);
            } catch (DatabaseRefusal refusal) {
                log.warn("rows of {} were not merged", cache.name(), refusal);
                return MergeResult.refused(String.valueOf(refusal.getMessage()));
            } catch (StoreNotOpen notOpen) {
                if (notOpen.isShut()) {
                    return MergeResult.refused(String.valueOf(notOpen.getMessage()));
                }
                throw notOpen;
            }
        }

        /** The request was built with types that fit each other; they are lost on the way here. */
        @SuppressWarnings({"unchecked", "rawtypes"})
        private MergeResult merge(GridCache cache) {
            return GridTransaction.run(node, transaction -> merge(transaction, cache, (Map) request.rows()));
        }

        private static <K extends Comparable<K>, V extends Versioned<V>> MergeResult merge(
                GridTransaction transaction, GridCache<K, V> cache, Map<K, V> wanted) {
            Map<K, V> present = transaction.lockAll(cache, new TreeSet<>(wanted.keySet()));
            TreeMap<K, V> written = new TreeMap<>();
            Instant now = Moments.now();
            int added = 0;
            for (Map.Entry<K, V> row : wanted.entrySet()) {
                V old = present.get(row.getKey());
                if (old == null) {
                    added++;
                    written.put(row.getKey(), row.getValue());
                } else if (!row.getValue().sameContentAs(old)) {
                    written.put(row.getKey(), row.getValue().succeeding(old, now));
                }
            }
            if (!written.isEmpty()) {
                transaction.putAll(cache, written);
            }
            return new MergeResult(added, written.size() - added, wanted.size() - written.size());
        }
    }
}
