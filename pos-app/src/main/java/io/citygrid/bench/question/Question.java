package io.citygrid.bench.question;

import io.citygrid.bench.contender.ReplacedDesign;
import java.time.LocalDate;
import java.time.ZoneId;

/** What head office asks, in the words of each system. All of them answer with the same rows, in any order. */
enum Question {
    TOTAL("total sales") {
        @Override
        String sums(Asked asked) {
            return "SELECT SUM(revenue) FROM sales_by_day";
        }

        @Override
        String lines(Asked asked) {
            return "SELECT SUM(amount) FROM sales";
        }

        @Override
        String warehouse(Asked asked) {
            return "SELECT sum(amount) FROM warehouse.sales";
        }

        @Override
        String one(Asked asked) {
            return "SELECT sum(quantity * price) FROM order_items";
        }

        @Override
        String replaced(Asked asked, ReplacedDesign design) {
            return "SELECT sum(quantity * price) FROM "
                    + design.everyCity("SELECT quantity, price FROM order_items", "quantity int, price numeric")
                    + " AS s";
        }
    },

    BY_STORE("sales by store") {
        @Override
        String sums(Asked asked) {
            return "SELECT store_code, SUM(revenue) FROM sales_by_day GROUP BY store_code";
        }

        @Override
        String lines(Asked asked) {
            return "SELECT store_code, SUM(amount) FROM sales GROUP BY store_code";
        }

        @Override
        String warehouse(Asked asked) {
            return "SELECT store_code, sum(amount) FROM warehouse.sales GROUP BY store_code";
        }

        @Override
        String one(Asked asked) {
            return "SELECT s.code, sum(i.quantity * i.price) FROM order_items i JOIN stores s USING (store_id) GROUP BY s.code";
        }

        @Override
        String replaced(Asked asked, ReplacedDesign design) {
            return "SELECT st.code, sum(s.quantity * s.price) FROM "
                    + design.everyCity(
                            "SELECT o.store_id, i.quantity, i.price FROM order_items i JOIN orders o ON o.id = i.order_id",
                            "store_id int, quantity int, price numeric")
                    + " AS s JOIN stores st ON st.id = s.store_id GROUP BY st.code";
        }
    },

    CATEGORY_BY_CITY("sales by city and category") {
        @Override
        String sums(Asked asked) {
            return "SELECT city, category, SUM(revenue) FROM sales_by_category GROUP BY city, category";
        }

        @Override
        String lines(Asked asked) {
            return "SELECT city, category, SUM(amount) FROM sales GROUP BY city, category";
        }

        @Override
        String warehouse(Asked asked) {
            return "SELECT city, category, sum(amount) FROM warehouse.sales GROUP BY city, category";
        }

        @Override
        String one(Asked asked) {
            return "SELECT ci.name, ca.name, sum(i.quantity * i.price) FROM order_items i JOIN stores s USING (store_id)"
                    + " JOIN cities ci USING (city_id) JOIN products p USING (product_id) JOIN categories ca USING (category_id)"
                    + " GROUP BY ci.name, ca.name";
        }

        @Override
        String replaced(Asked asked, ReplacedDesign design) {
            return "SELECT ci.name, ca.name, sum(s.quantity * s.price) FROM "
                    + design.everyCity(
                            "SELECT o.store_id, i.product_id, i.quantity, i.price FROM order_items i"
                                    + " JOIN orders o ON o.id = i.order_id",
                            "store_id int, product_id int, quantity int, price numeric")
                    + " AS s JOIN stores st ON st.id = s.store_id JOIN cities ci ON ci.id = st.city_id"
                    + " JOIN products p ON p.id = s.product_id JOIN categories ca ON ca.id = p.category_id"
                    + " GROUP BY ci.name, ca.name";
        }
    },

    STORE_DAY("a store's day") {
        @Override
        String sums(Asked asked) {
            return "SELECT SUM(revenue) FROM sales_by_day WHERE store_id = " + asked.storeId
                    + " AND business_day = DATE '" + asked.day + "'";
        }

        @Override
        String lines(Asked asked) {
            return "SELECT SUM(amount) FROM sales WHERE store_id = " + asked.storeId + " AND business_day = DATE '"
                    + asked.day + "'";
        }

        @Override
        String warehouse(Asked asked) {
            return "SELECT sum(amount) FROM warehouse.sales WHERE store_id = " + asked.storeId
                    + " AND business_day = DATE '" + asked.day + "'";
        }

        @Override
        String one(Asked asked) {
            return "SELECT sum(i.quantity * i.price) FROM orders o JOIN order_items i USING (store_id, order_no)"
                    + " WHERE o.store_id = " + asked.storeId + " AND " + asked.within("o.ordered_at");
        }

        @Override
        String replaced(Asked asked, ReplacedDesign design) {
            return "SELECT sum(quantity * price) FROM "
                    + design.city(
                            asked.cityId,
                            "SELECT i.quantity, i.price FROM order_items i JOIN orders o ON o.id = i.order_id WHERE o.store_id = "
                                    + asked.storeId + " AND " + asked.within("o.order_date"),
                            "quantity int, price numeric")
                    + " AS s";
        }
    };

    /** The store and the business day that are asked for. */
    record Asked(int cityId, int storeId, LocalDate day, ZoneId zone) {
        private String within(String column) {
            return column + " >= timestamptz '" + day.atStartOfDay(zone).toInstant() + "' AND " + column
                    + " < timestamptz '" + day.plusDays(1).atStartOfDay(zone).toInstant() + "'";
        }
    }

    private final String words;

    Question(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    /** Of the sums that the grid keeps. */
    abstract String sums(Asked asked);

    /** Of the grid's order lines. */
    abstract String lines(Asked asked);

    abstract String warehouse(Asked asked);

    /** Of one PostgreSQL. */
    abstract String one(Asked asked);

    /** Of headquarters, which has every city asked over dblink as the replaced design does: its lines come and are added up there. */
    abstract String replaced(Asked asked, ReplacedDesign design);
}
