package io.citygrid.customer;

import static io.citygrid.testing.Shop.line;
import static io.citygrid.testing.Shop.order;
import static org.assertj.core.api.Assertions.assertThat;

import io.citygrid.grid.GridCaches;
import io.citygrid.grid.client.Tasks;
import io.citygrid.model.Moments;
import io.citygrid.model.Versioned;
import io.citygrid.model.catalog.City;
import io.citygrid.model.customer.CustomerContact;
import io.citygrid.model.customer.CustomerKey;
import io.citygrid.model.customer.CustomerMove;
import io.citygrid.model.store.StoreKey;
import io.citygrid.testing.SharedGrid;
import io.citygrid.testing.Shop;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A customer is one row, in the fragment and the database of the customer's city, whatever the name and wherever they go. */
@ExtendWith(SharedGrid.class)
class CustomersIT {
    private final Shop shop = SharedGrid.shop();

    @Test
    void d09_aLahoreCustomerBuysInKarachi() {
        CustomerKey customer = shop.customer(Shop.LAHORE, "Bilal", "0300 1234567");
        StoreKey store = shop.store(Shop.KARACHI);
        int tea = shop.product("47.00");
        shop.stock(store, tea, 1);

        assertThat(shop.sold(order(UUID.randomUUID(), store, customer.customerId(), line(tea, 1)))
                        .customerId())
                .isEqualTo(customer.customerId());
    }

    @Test
    void d15_aNameWithAnApostropheIsStoredAsItIs() {
        CustomerKey customer = shop.customer(Shop.KARACHI, "O'Brien", null);

        assertThat(storedNames(customer)).containsExactly("karachi_db: O'Brien");
    }

    @Test
    void d16_sqlInANameIsText() {
        String name = "x'); UPDATE inventory SET quantity = 0; --";
        StoreKey store = shop.store(Shop.LAHORE);
        int tea = shop.product("47.00");
        shop.stock(store, tea, 7);

        CustomerKey customer = shop.customer(Shop.LAHORE, name, null);

        assertThat(storedNames(customer)).containsExactly("lahore_db: " + name);
        assertThat(shop.onHand(store, tea)).isEqualTo(7);
    }

    @Test
    void d17_anAbsentPhoneIsStoredAsAbsent() {
        CustomerKey customer = shop.customer(Shop.KARACHI, "Fatima", null);

        CustomerContact contact = SharedGrid.client().get(GridCaches.CUSTOMER_CONTACTS, customer);
        assertThat(contact.phone()).isNull();
        assertThat(storedNames(customer)).containsExactly("karachi_db: Fatima");
    }

    @Test
    void d18_d19_aCustomerWhoMovesToAnotherCityLeavesNoCopyBehind() {
        CustomerKey karachi = shop.customer(Shop.KARACHI, "Zainab", "021 111");
        CustomerKey lahore = new CustomerKey(Shop.LAHORE, karachi.customerId());

        assertThat(move(karachi, Shop.LAHORE)).isTrue();
        assertThat(move(karachi, Shop.LAHORE))
                .as("moving again changes nothing")
                .isTrue();

        assertThat(SharedGrid.client().get(GridCaches.CUSTOMERS, karachi)).isNull();
        assertThat(SharedGrid.client().get(GridCaches.CUSTOMERS, lahore).cityId())
                .isEqualTo(Shop.LAHORE);
        assertThat(SharedGrid.client().get(GridCaches.CUSTOMER_CONTACTS, lahore).phone())
                .isEqualTo("021 111");
        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(storedNames(lahore))
                .containsExactly("lahore_db: Zainab"));
    }

    @Test
    void d19_aCustomerWhoMovesThereAndBackIsInTheFirstCityAgain() {
        CustomerKey karachi = shop.customer(Shop.KARACHI, "Hamza", null);

        assertThat(move(karachi, Shop.LAHORE)).isTrue();
        assertThat(move(new CustomerKey(Shop.LAHORE, karachi.customerId()), Shop.KARACHI))
                .isTrue();

        assertThat(SharedGrid.client().get(GridCaches.CUSTOMERS, karachi).version())
                .isEqualTo(3);
        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(storedNames(karachi))
                .containsExactly("karachi_db: Hamza"));
    }

    @Test
    void d20_aDeletedCustomerIsNowhere() {
        CustomerKey customer = shop.customer(Shop.LAHORE, "Omar", "042 222");

        assertThat(SharedGrid.client()
                        .<CustomerKey, Boolean>run(customer.cityFragment(), Tasks.REMOVE_CUSTOMER, customer))
                .isTrue();

        assertThat(SharedGrid.client().get(GridCaches.CUSTOMERS, customer)).isNull();
        assertThat(SharedGrid.client().get(GridCaches.CUSTOMER_CONTACTS, customer))
                .isNull();
        assertThat(storedNames(customer)).isEmpty();
    }

    @Test
    void d21_aCustomerOfACityWithoutNodesOrDatabaseIsKeptByHeadOffice() {
        int islamabad = 3;
        Instant now = Moments.now();
        SharedGrid.client()
                .merge(GridCaches.CITIES, Map.of(islamabad, new City("Islamabad", Versioned.FIRST, now, now)));

        CustomerKey customer = shop.customer(islamabad, "Sana", null);

        assertThat(SharedGrid.client().get(GridCaches.CUSTOMERS, customer).name())
                .isEqualTo("Sana");
        assertThat(storedNames(customer)).containsExactly("pos_central: Sana");
        StoreKey store = shop.store(Shop.KARACHI);
        int tea = shop.product("1.00");
        shop.stock(store, tea, 1);
        shop.sold(order(UUID.randomUUID(), store, customer.customerId(), line(tea, 1)));
    }

    private static boolean move(CustomerKey from, int toCityId) {
        CustomerMove move = new CustomerMove(from.customerId(), from.cityId(), toCityId);
        return SharedGrid.client()
                .<CustomerMove, Boolean>run(
                        new CustomerKey(toCityId, from.customerId()).cityFragment(), Tasks.MOVE_CUSTOMER, move);
    }

    /** Every PostgreSQL row of the customer, in whatever database. */
    private static List<String> storedNames(CustomerKey customer) {
        List<String> found = new ArrayList<>();
        for (String database : List.of("karachi_db", "lahore_db", "pos_central")) {
            try (Connection connection = SharedGrid.postgres().connect(database);
                    PreparedStatement query =
                            connection.prepareStatement("SELECT name FROM customers WHERE customer_id = ?")) {
                query.setInt(1, customer.customerId());
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        found.add(database + ": " + rows.getString(1));
                    }
                }
            } catch (SQLException failed) {
                throw new IllegalStateException(failed);
            }
        }
        return found;
    }
}
