package io.citygrid.bench.drive;

import io.citygrid.bench.drive.Request.Line;
import io.citygrid.load.chain.ChainStore;
import io.citygrid.load.invoice.InvoiceFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.RejectionInversionZipfSampler;
import org.apache.commons.rng.sampling.distribution.SharedStateDiscreteSampler;
import org.apache.commons.rng.simple.RandomSource;

/** One register's requests, drawn from a seed: systems that are compared are asked the same. */
public final class RequestSource {
    private static final int QUANTITY_MAX = 3;
    private static final int UNIFORM_LINES = 3;
    private static final int HOT_STORE = 1;
    private static final int HOT_PRODUCT = 1;

    /** The sample's lines per invoice, as often as they occur. */
    private static final List<Integer> SAMPLE_SIZES = sampleSizes();

    private final Workload workload;
    private final List<ChainStore> stores;
    private final int fixedLines;
    private final UniformRandomProvider random;
    private final SharedStateDiscreteSampler popularity;

    /** @param seed differs from register to register and from measurement to measurement */
    public RequestSource(Demand demand, long seed) {
        this.workload = demand.workload();
        this.stores = demand.assortment().stores();
        this.fixedLines = demand.lines();
        this.random = RandomSource.SPLIT_MIX_64.create(seed);
        this.popularity = RejectionInversionZipfSampler.of(random, Assortment.PRODUCTS, 1.0);
    }

    private static List<Integer> sampleSizes() {
        try {
            return InvoiceFile.sample().invoices().stream()
                    .map(invoice -> invoice.saleLines().size())
                    .filter(lines -> lines > 0)
                    .toList();
        } catch (IOException damaged) {
            throw new UncheckedIOException(damaged);
        }
    }

    /** The next one; each has an order id of its own. */
    public Request next() {
        boolean lookUp = random.nextInt(100) < workload.lookUpPercent();
        boolean oneStore = workload == Workload.HOT_PRODUCT || workload == Workload.HOT_STORE;
        ChainStore store = stores.get(oneStore ? HOT_STORE - 1 : random.nextInt(stores.size()));
        List<Line> lines = new ArrayList<>();
        for (int product : products(lookUp ? 1 : lines())) {
            lines.add(new Line(product, 1 + random.nextInt(QUANTITY_MAX)));
        }
        return new Request(
                lookUp,
                new UUID(random.nextLong(), random.nextLong()),
                store.id(),
                store.cityId(),
                Assortment.customersBelow(store.cityId()) + 1 + random.nextInt(Assortment.CUSTOMERS_PER_CITY),
                lines);
    }

    private int lines() {
        if (fixedLines > 0) {
            return fixedLines;
        }
        return workload == Workload.ZIPF ? SAMPLE_SIZES.get(random.nextInt(SAMPLE_SIZES.size())) : UNIFORM_LINES;
    }

    /** As a cashier scans them, in any order. */
    private Set<Integer> products(int count) {
        Set<Integer> products = new LinkedHashSet<>();
        if (workload == Workload.HOT_PRODUCT) {
            products.add(HOT_PRODUCT);
        }
        while (products.size() < count) {
            products.add(workload == Workload.ZIPF ? popularity.sample() : 1 + random.nextInt(Assortment.PRODUCTS));
        }
        return products;
    }
}
