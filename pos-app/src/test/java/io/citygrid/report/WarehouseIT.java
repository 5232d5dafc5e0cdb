package io.citygrid.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.citygrid.load.cli.LoadCommand;
import io.citygrid.model.store.StoreKey;
import io.citygrid.security.Role;
import io.citygrid.testing.SharedGrid;
import io.citygrid.testing.Shop;
import io.citygrid.testing.TestUsers;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import picocli.CommandLine;

/** The warehouse has every sold line once, whatever was there before. Each line is compared after each test. */
@ExtendWith(SharedGrid.class)
class WarehouseIT {
    private static final Duration BROUGHT_WITHIN = Duration.ofSeconds(30);

    private final Shop shop = SharedGrid.shop();
    private StoreKey store;
    private int tea;

    @BeforeEach
    void sell() {
        store = shop.store(Shop.KARACHI);
        tea = shop.product("3.05");
        shop.stock(store, tea, 100);
        shop.sold(Shop.basket(store, Shop.line(tea, 2)));
        shop.sold(Shop.basket(store, Shop.line(tea, 1)));
        awaitAmount("9.15");
    }

    @Test
    void linesCanBeAskedByWhatTheyReferTo() {
        assertThat(text("SELECT string_agg(DISTINCT concat_ws(',', city, store_code, product_id, business_day, year),"
                        + " ';') FROM warehouse.sales WHERE store_id = " + store.storeId()))
                .startsWith("Karachi,")
                .endsWith("," + tea + "," + LocalDate.now() + ","
                        + LocalDate.now().getYear());
        assertThat(text("SELECT count(*) FROM warehouse.sales WHERE city IS NULL OR store IS NULL OR product"
                        + " IS NULL OR category IS NULL OR year IS NULL OR (customer_id IS NOT NULL AND"
                        + " customer_city IS NULL)"))
                .isEqualTo("0");
        assertThat(text("SELECT day_name || ' ' || iso_year || '-' || iso_week FROM warehouse.dim_day WHERE"
                        + " day = current_date"))
                .isNotEmpty();
    }

    @Test
    void whatWasDamagedIsFoundAndBroughtAnew() {
        execute("UPDATE warehouse.fact_sales SET quantity = quantity + 1 WHERE store_id = " + store.storeId());

        Said checked = load("warehouse", "--city", "Karachi");
        assertThat(checked.code()).as(checked.out()).isOne();
        assertThat(checked.out()).contains("business days of stores").contains("load warehouse --rebuild");

        Said rebuilt = load("warehouse", "--rebuild");
        assertThat(rebuilt.code()).as(rebuilt.out()).isZero();
        assertThat(load("warehouse").code()).isZero();
        assertThat(load("warehouse", "--city", "Atlantis").code()).isEqualTo(2);
    }

    @Test
    void ordersOfAnotherHistoryGiveWay() {
        execute("UPDATE warehouse.fact_sales SET order_id = gen_random_uuid(), amount = 99 WHERE store_id = "
                + store.storeId()
                + "; UPDATE warehouse.positions SET last_order_id = gen_random_uuid() WHERE store_id = "
                + store.storeId());

        shop.sold(Shop.basket(store, Shop.line(tea, 1)));

        awaitAmount("12.20");
    }

    @Test
    void aPositionThatWasLostIsNoReasonToBringLinesTwice() {
        execute("DELETE FROM warehouse.positions WHERE store_id = " + store.storeId());

        shop.sold(Shop.basket(store, Shop.line(tea, 1)));

        awaitAmount("12.20");
    }

    private void awaitAmount(String amount) {
        Awaitility.await("the lines of the store come to " + amount)
                .atMost(BROUGHT_WITHIN)
                .until(() -> amount.equals(
                        text("SELECT sum(amount) FROM warehouse.fact_sales WHERE store_id = " + store.storeId())));
    }

    private record Said(int code, String out) {}

    private static Said load(String... arguments) {
        CommandLine line = LoadCommand.commandLine();
        StringWriter out = new StringWriter();
        line.setOut(new PrintWriter(out));
        String[] all = new String[arguments.length + 4];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        all[arguments.length] = "--grid";
        all[arguments.length + 1] = SharedGrid.grid().addresses();
        all[arguments.length + 2] = "--grid-login";
        all[arguments.length + 3] = TestUsers.loginFile(Role.CENTRAL_ADMIN);
        return new Said(line.execute(all), out.toString());
    }

    private static String text(String sql) {
        try (Connection central = SharedGrid.postgres().connect("pos_central");
                Statement statement = central.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return String.valueOf(row.getString(1));
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static void execute(String sql) {
        try (Connection central = SharedGrid.postgres().connect("pos_central");
                Statement statement = central.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
