package io.citygrid.model.stock;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

/** Movements of stock in one store, all or none of them. */
public final class StockRequest {
    /** Movements of one request. */
    public static final int LINES_MAX = 500;

    /** One movement; its id is minted by the caller and the same at every retry. */
    public static final class Line {
        private final UUID movementId;
        private final int productId;
        private final int delta;

        public Line(UUID movementId, int productId, int delta) {
            this.movementId = movementId;
            this.productId = productId;
            this.delta = delta;
        }

        public UUID movementId() {
            return movementId;
        }

        public int productId() {
            return productId;
        }

        /** Units: positive comes in, negative goes out. */
        public int delta() {
            return delta;
        }
    }

    private final int cityId;
    private final int storeId;
    private final StockReason reason;
    private final ArrayList<Line> lines;

    public StockRequest(int cityId, int storeId, StockReason reason, List<Line> lines) {
        this.cityId = cityId;
        this.storeId = storeId;
        this.reason = reason;
        this.lines = new ArrayList<>(lines);
    }

    public int cityId() {
        return cityId;
    }

    public int storeId() {
        return storeId;
    }

    public StockReason reason() {
        return reason;
    }

    public List<Line> lines() {
        return Collections.unmodifiableList(lines);
    }
}
