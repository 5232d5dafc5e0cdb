package io.citygrid.bench.drive;

import java.util.List;
import java.util.UUID;

/**
 * What a register wants: to sell a basket, or to know price and stock of the first product of it.
 *
 * @param orderId minted by the register, the same at every retry
 */
public record Request(boolean lookUp, UUID orderId, int storeId, int cityId, int customerId, List<Line> lines) {
    /** A product and how many of it. */
    public record Line(int productId, int quantity) {}

    public Request {
        lines = List.copyOf(lines);
    }
}
