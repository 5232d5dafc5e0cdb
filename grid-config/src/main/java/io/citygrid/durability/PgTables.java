package io.citygrid.durability;

import io.citygrid.model.catalog.Category;
import io.citygrid.model.catalog.City;
import io.citygrid.model.catalog.CityDatabase;
import io.citygrid.model.catalog.Product;
import io.citygrid.model.customer.Customer;
import io.citygrid.model.customer.CustomerContact;
import io.citygrid.model.customer.CustomerKey;
import io.citygrid.model.order.Order;
import io.citygrid.model.order.OrderItem;
import io.citygrid.model.order.OrderItemKey;
import io.citygrid.model.order.OrderKey;
import io.citygrid.model.order.OrderMapping;
import io.citygrid.model.order.OrderMappingKey;
import io.citygrid.model.order.Payment;
import io.citygrid.model.order.PaymentKey;
import io.citygrid.model.stock.Inventory;
import io.citygrid.model.stock.InventoryKey;
import io.citygrid.model.stock.StockMovement;
import io.citygrid.model.stock.StockMovementKey;
import io.citygrid.model.store.Store;
import io.citygrid.model.store.StoreCounter;
import io.citygrid.model.store.StoreKey;
import java.sql.SQLException;
import java.util.List;

/** The PostgreSQL tables behind the caches, in the order in which a statement writes them: parents before children. */
public final class PgTables {
    private static final String INT = "int4";
    private static final String LONG = "int8";
    private static final String TEXT = "text";
    private static final String MONEY = "numeric";
    private static final String UUID = "uuid";
    private static final String MOMENT = "timestamptz";

    public static final PgTable<Integer, City> CITIES = new PgTable<Integer, City>("cities", true)
            .key("id", INT, id -> id)
            .column("name", TEXT, City::name)
            .column("version", LONG, City::version)
            .column("created_at", MOMENT, City::createdAt)
            .column("updated_at", MOMENT, City::updatedAt)
            .reads(
                    row -> row.integer("id"),
                    row -> new City(
                            row.text("name"),
                            row.number("version"),
                            row.moment("created_at"),
                            row.moment("updated_at")));

    public static final PgTable<Integer, CityDatabase> CITY_DATABASES = new PgTable<Integer, CityDatabase>(
                    "city_databases", true)
            .key("id", INT, id -> id)
            .column("url", TEXT, CityDatabase::url)
            .column("version", LONG, CityDatabase::version)
            .column("created_at", MOMENT, CityDatabase::createdAt)
            .column("updated_at", MOMENT, CityDatabase::updatedAt)
            .reads(
                    row -> row.integer("id"),
                    row -> new CityDatabase(
                            row.text("url"),
                            row.number("version"),
                            row.moment("created_at"),
                            row.moment("updated_at")));

    public static final PgTable<Integer, Category> CATEGORIES = new PgTable<Integer, Category>("categories", true)
            .key("id", INT, id -> id)
            .column("name", TEXT, Category::name)
            .column("version", LONG, Category::version)
            .column("created_at", MOMENT, Category::createdAt)
            .column("updated_at", MOMENT, Category::updatedAt)
            .reads(
                    row -> row.integer("id"),
                    row -> new Category(
                            row.text("name"),
                            row.number("version"),
                            row.moment("created_at"),
                            row.moment("updated_at")));

    public static final PgTable<Integer, Product> PRODUCTS = new PgTable<Integer, Product>("products", true)
            .key("id", INT, id -> id)
            .column("sku", TEXT, Product::sku)
            .column("barcode", TEXT, Product::barcode)
            .column("name", TEXT, Product::name)
            .column("category_id", INT, Product::categoryId)
            .column("price", MONEY, Product::price)
            .column("version", LONG, Product::version)
            .column("created_at", MOMENT, Product::createdAt)
            .column("updated_at", MOMENT, Product::updatedAt)
            .reads(
                    row -> row.integer("id"),
                    row -> new Product(
                            row.text("sku"),
                            row.textIfAny("barcode"),
                            row.text("name"),
                            row.integer("category_id"),
                            row.money("price"),
                            row.number("version"),
                            row.moment("created_at"),
                            row.moment("updated_at")));

    public static final PgTable<StoreKey, Store> STORES = new PgTable<StoreKey, Store>("stores", false)
            .key("city_fragment", INT, StoreKey::cityFragment)
            .key("store_id", INT, StoreKey::storeId)
            .column("code", TEXT, Store::code)
            .column("name", TEXT, Store::name)
            .column("city_id", INT, Store::cityId)
            .column("version", LONG, Store::version)
            .column("created_at", MOMENT, Store::createdAt)
            .column("updated_at", MOMENT, Store::updatedAt)
            .reads(
                    row -> store(row),
                    row -> new Store(
                            row.text("code"),
                            row.text("name"),
                            row.integer("city_id"),
                            row.number("version"),
                            row.moment("created_at"),
                            row.moment("updated_at")));

    public static final PgTable<StoreKey, StoreCounter> STORE_COUNTERS = new PgTable<StoreKey, StoreCounter>(
                    "store_counters", false)
            .key("city_fragment", INT, StoreKey::cityFragment)
            .key("store_id", INT, StoreKey::storeId)
            .column("last_order_no", LONG, StoreCounter::lastOrderNo)
            .column("version", LONG, StoreCounter::version)
            .column("updated_at", MOMENT, StoreCounter::updatedAt)
            .reads(
                    row -> store(row),
                    row -> new StoreCounter(
                            row.number("last_order_no"), row.number("version"), row.moment("updated_at")));

    public static final PgTable<CustomerKey, Customer> CUSTOMERS = new PgTable<CustomerKey, Customer>(
                    "customers", false)
            .key("city_fragment", INT, CustomerKey::cityFragment)
            .key("customer_id", INT, CustomerKey::customerId)
            .column("code", TEXT, Customer::code)
            .column("name", TEXT, Customer::name)
            .column("city_id", INT, Customer::cityId)
            .column("version", LONG, Customer::version)
            .column("created_at", MOMENT, Customer::createdAt)
            .column("updated_at", MOMENT, Customer::updatedAt)
            .asRemovable()
            .reads(
                    row -> customer(row),
                    row -> new Customer(
                            row.text("code"),
                            row.text("name"),
                            row.integer("city_id"),
                            row.number("version"),
                            row.moment("created_at"),
                            row.moment("updated_at")));

    public static final PgTable<CustomerKey, CustomerContact> CUSTOMER_CONTACTS = new PgTable<
                    CustomerKey, CustomerContact>("customer_contacts", false)
            .key("city_fragment", INT, CustomerKey::cityFragment)
            .key("customer_id", INT, CustomerKey::customerId)
            .column("phone", TEXT, CustomerContact::phone)
            .column("email", TEXT, CustomerContact::email)
            .column("version", LONG, CustomerContact::version)
            .column("created_at", MOMENT, CustomerContact::createdAt)
            .column("updated_at", MOMENT, CustomerContact::updatedAt)
            .asRemovable()
            .reads(
                    row -> customer(row),
                    row -> new CustomerContact(
                            row.textIfAny("phone"),
                            row.textIfAny("email"),
                            row.number("version"),
                            row.moment("created_at"),
                            row.moment("updated_at")));

    public static final PgTable<StockMovementKey, StockMovement> STOCK_MOVEMENTS = new PgTable<
                    StockMovementKey, StockMovement>("stock_movements", false)
            .key("city_fragment", INT, StockMovementKey::cityFragment)
            .key("store_id", INT, StockMovementKey::storeId)
            .key("movement_id", UUID, StockMovementKey::movementId)
            .column("product_id", INT, StockMovement::productId)
            .column("delta", INT, StockMovement::delta)
            .column("reason", TEXT, StockMovement::reason)
            .column("version", LONG, StockMovement::version)
            .column("moved_at", MOMENT, StockMovement::movedAt)
            .reads(
                    row -> new StockMovementKey(row.cityOfFragment(), row.integer("store_id"), row.uuid("movement_id")),
                    row -> new StockMovement(
                            row.integer("product_id"),
                            row.integer("delta"),
                            row.text("reason"),
                            row.number("version"),
                            row.moment("moved_at")));

    public static final PgTable<InventoryKey, Inventory> INVENTORY = new PgTable<InventoryKey, Inventory>(
                    "inventory", false)
            .key("city_fragment", INT, InventoryKey::cityFragment)
            .key("store_id", INT, InventoryKey::storeId)
            .key("product_id", INT, InventoryKey::productId)
            .column("quantity", INT, Inventory::quantity)
            .column("version", LONG, Inventory::version)
            .column("updated_at", MOMENT, Inventory::updatedAt)
            .reads(
                    row -> new InventoryKey(row.cityOfFragment(), row.integer("store_id"), row.integer("product_id")),
                    row -> new Inventory(row.integer("quantity"), row.number("version"), row.moment("updated_at")));

    public static final PgTable<OrderMappingKey, OrderMapping> ORDER_MAPPING = new PgTable<
                    OrderMappingKey, OrderMapping>("order_mapping", false)
            .key("city_fragment", INT, OrderMappingKey::cityFragment)
            .key("order_id", UUID, OrderMappingKey::orderId)
            .column("store_id", INT, OrderMapping::storeId)
            .column("order_no", LONG, OrderMapping::orderNo)
            .column("customer_id", INT, OrderMapping::customerId)
            .column("ordered_at", MOMENT, OrderMapping::orderedAt)
            .column("version", LONG, OrderMapping::version)
            .reads(
                    row -> OrderMappingKey.stored(row.integer(PgRow.FRAGMENT), row.uuid("order_id")),
                    row -> new OrderMapping(
                            row.integer("store_id"),
                            row.number("order_no"),
                            row.integerIfAny("customer_id"),
                            row.moment("ordered_at"),
                            row.number("version")));

    public static final PgTable<OrderKey, Order> ORDERS = new PgTable<OrderKey, Order>("orders", false)
            .key("city_fragment", INT, OrderKey::cityFragment)
            .key("store_id", INT, OrderKey::storeId)
            .key("order_no", LONG, OrderKey::orderNo)
            .column("order_id", UUID, Order::orderId)
            .column("customer_id", INT, Order::customerId)
            .column("city_id", INT, Order::cityId)
            .column("total", MONEY, Order::total)
            .column("status", TEXT, Order::status)
            .column("ordered_at", MOMENT, Order::orderedAt)
            .column("version", LONG, Order::version)
            .column("updated_at", MOMENT, Order::updatedAt)
            .reads(
                    row -> new OrderKey(row.cityOfFragment(), row.integer("store_id"), row.number("order_no")),
                    row -> new Order(
                            row.uuid("order_id"),
                            row.integerIfAny("customer_id"),
                            row.integer("city_id"),
                            row.money("total"),
                            row.text("status"),
                            row.moment("ordered_at"),
                            row.number("version"),
                            row.moment("updated_at")));

    public static final PgTable<OrderItemKey, OrderItem> ORDER_ITEMS = new PgTable<OrderItemKey, OrderItem>(
                    "order_items", false)
            .key("city_fragment", INT, OrderItemKey::cityFragment)
            .key("store_id", INT, OrderItemKey::storeId)
            .key("order_no", LONG, OrderItemKey::orderNo)
            .key("line_no", INT, OrderItemKey::lineNo)
            .column("product_id", INT, OrderItem::productId)
            .column("quantity", INT, OrderItem::quantity)
            .column("price", MONEY, OrderItem::price)
            .column("city_id", INT, OrderItem::cityId)
            .column("category_id", INT, OrderItem::categoryId)
            .column("ordered_at", MOMENT, OrderItem::orderedAt)
            .column("version", LONG, OrderItem::version)
            .reads(
                    row -> new OrderItemKey(
                            row.cityOfFragment(),
                            row.integer("store_id"),
                            row.number("order_no"),
                            row.integer("line_no")),
                    row -> new OrderItem(
                            row.integer("product_id"),
                            row.integer("quantity"),
                            row.money("price"),
                            row.integer("city_id"),
                            row.integer("category_id"),
                            row.moment("ordered_at"),
                            row.number("version")));

    public static final PgTable<PaymentKey, Payment> PAYMENTS = new PgTable<PaymentKey, Payment>("payments", false)
            .key("city_fragment", INT, PaymentKey::cityFragment)
            .key("store_id", INT, PaymentKey::storeId)
            .key("order_no", LONG, PaymentKey::orderNo)
            .key("seq", INT, PaymentKey::seq)
            .column("order_id", UUID, Payment::orderId)
            .column("amount", MONEY, Payment::amount)
            .column("method", TEXT, Payment::method)
            .column("status", TEXT, Payment::status)
            .column("tendered", MONEY, Payment::tendered)
            .column("change_due", MONEY, Payment::changeDue)
            .column("paid_at", MOMENT, Payment::paidAt)
            .column("version", LONG, Payment::version)
            .reads(
                    row -> new PaymentKey(
                            row.cityOfFragment(), row.integer("store_id"), row.number("order_no"), row.integer("seq")),
                    row -> new Payment(
                            row.uuid("order_id"),
                            row.money("amount"),
                            row.text("method"),
                            row.text("status"),
                            row.money("tendered"),
                            row.money("change_due"),
                            row.moment("paid_at"),
                            row.number("version")));

    private static final List<PgTable<?, ?>> ALL = List.of(
            CITY_DATABASES,
            CITIES,
            CATEGORIES,
            PRODUCTS,
            STORES,
            STORE_COUNTERS,
            CUSTOMERS,
            CUSTOMER_CONTACTS,
            STOCK_MOVEMENTS,
            INVENTORY,
            ORDER_MAPPING,
            ORDERS,
            ORDER_ITEMS,
            PAYMENTS);

    private PgTables() {}

    private static StoreKey store(PgRow row) throws SQLException {
        return new StoreKey(row.cityOfFragment(), row.integer("store_id"));
    }

    private static CustomerKey customer(PgRow row) throws SQLException {
        return new CustomerKey(row.cityOfFragment(), row.integer("customer_id"));
    }

    /** All tables, in writing order. */
    public static List<PgTable<?, ?>> all() {
        return ALL;
    }

    /** @throws IllegalArgumentException if no table has that name */
    public static PgTable<?, ?> named(String name) {
        return ALL.stream()
                .filter(table -> table.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no table is named " + name));
    }
}
