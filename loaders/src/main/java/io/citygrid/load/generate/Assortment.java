package io.citygrid.load.generate;

import io.citygrid.load.catalog.ProductCategory;
import java.util.List;

/** What a generated product can be: goods that the category rule puts where they belong. */
record Assortment(ProductCategory category, List<String> goods) {
    static final List<Assortment> ALL = List.of(
            new Assortment(
                    ProductCategory.KITCHEN,
                    List.of("Tea Set", "Mug", "Tray", "Bowl", "Cutlery Set", "Lunch Box", "Apron", "Serving Plate")),
            new Assortment(
                    ProductCategory.DECORATION,
                    List.of("Wall Clock", "Photo Frame", "Vase", "Mirror", "Doorstop", "Ornament")),
            new Assortment(
                    ProductCategory.BAGS, List.of("Tote Bag", "Shopper", "Purse", "Shoulder Bag", "Luggage Set")),
            new Assortment(ProductCategory.TOYS, List.of("Jigsaw", "Doll", "Skittles", "Domino Game", "Spinning Top")),
            new Assortment(
                    ProductCategory.STATIONERY,
                    List.of("Notebook", "Pencil Set", "Writing Set", "Calendar", "Sewing Kit")),
            new Assortment(ProductCategory.CANDLES, List.of("Lantern", "Table Lamp", "Candlestick", "T-Light Holder")),
            new Assortment(ProductCategory.TEXTILES, List.of("Cushion Cover", "Quilt", "Doormat")),
            new Assortment(ProductCategory.STORAGE, List.of("Storage Basket", "Coat Rack", "Drawer Cabinet", "Crate")),
            new Assortment(ProductCategory.JEWELLERY, List.of("Necklace", "Bracelet", "Bangle", "Scarf")),
            new Assortment(ProductCategory.GARDEN, List.of("Plant Stand", "Garden Trellis", "Birdhouse")),
            new Assortment(ProductCategory.BATH, List.of("Soap Dish", "Flannel", "Bath Sponge")));
}
