package io.citygrid.stock.web;

import io.citygrid.model.stock.StockReason;
import io.citygrid.model.stock.StockRequest;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /api/stores/{id}/inventory}.
 *
 * @param movementId minted by the caller and the same at every retry; without one, a retry is another movement
 */
record MovementBody(
        @Nullable @Pattern(regexp = UUID_FORM, message = "must be a UUID") String movementId,
        @NotNull Integer productId,
        @NotNull Integer delta,
        @NotNull StockReason reason) {
    private static final String UUID_FORM =
            "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}";

    /** What is asked of the grid for store {@code storeId} of {@code cityId}. */
    StockRequest request(int cityId, int storeId) {
        UUID id = movementId == null ? UUID.randomUUID() : UUID.fromString(movementId);
        return new StockRequest(cityId, storeId, reason, List.of(new StockRequest.Line(id, productId, delta)));
    }
}
