package io.citygrid.load.catalog;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The categories and the words that make a product one of them. The first category with a word or phrase that the product's
 * description contains wins, in the order written here, so what decides most stands first: a "Christmas candle" is Christmas,
 * a "lunch box" is kitchen and not storage. Words match in singular and plural. The position is the category's id.
 */
public enum ProductCategory {
    CHARGES("Postage & Charges", "postage, carriage, discount, bank charges, fee, commission"),
    CHRISTMAS(
            "Christmas",
            "christmas, santa, snowmen, snowman, reindeer, advent, bauble, snowflake, snowy, holly, angel"),
    WARMERS("Hot Water Bottles & Warmers", "hot water bottle, hottie, hand warmer, slipper"),
    CANDLES(
            "Candles & Lighting",
            "candle, candlestick, candleholder, candelabra, t light, tealight, lantern, light, nightlight, lamp, incense,"
                    + " match"),
    BATH("Bath & Beauty", "bath sponge, soap, flannel, tissue, plaster, first aid, trinket pot, dressing table"),
    JEWELLERY(
            "Jewellery & Accessories",
            "necklace, bracelet, bangle, earring, expandable ring, brooch, hair grip, hairband, bag charm, umbrella, parasol,"
                    + " hat, scarf"),
    GARDEN(
            "Garden & Pets",
            "garden, herb marker, plant, potting shed, birdhouse, trellis, grow your own, cloche, fire bucket, dog bowl,"
                    + " cat bowl"),
    TOYS(
            "Toys & Games",
            "doll, playhouse, jigsaw, puzzle, nesting box, alphabet block, domino, dominoes, skittle, marble, game, snake,"
                    + " skipping rope, spinning top, playing card, snap card, soft toy, harmonica, tattoo, drawing slate,"
                    + " paint set, spade, seaside bucket, treasure chest, feltcraft, tool set, globe, boom box"),
    KITCHEN(
            "Kitchen & Dining",
            "mug, cup, saucer, plate, bowl, beaker, jug, jar, tray, tea towel, tea cosy, tea set, tea glass, tea caddy,"
                    + " cosy, spoon, teaspoon, cutlery, cake case, cake tin, cake stand, cakestand, bread bin, biscuit tin,"
                    + " cookie cutter, lunch box, snack box, recipe box, apron, oven glove, coaster, placemat, napkin, doilies,"
                    + " table cloth, egg holder, popcorn holder, fridge magnet, bottle top magnet, pannetone, jam, cooking,"
                    + " place setting, lace paper set, picnic"),
    STATIONERY(
            "Stationery & Craft",
            "card, notebook, pen, pencil, eraser, rubber, sticker, writing set, calendar, chalk, scissor, stationery,"
                    + " envelope, calculator, sewing, sew, button, repair kit, craft, decoupage"),
    BAGS("Bags", "bag, shopper, purse, luggage"),
    PARTY(
            "Party & Gift Wrap",
            "party, balloon, bunting, ribbon, wrap, gift, tag, tape, garland, paper chain, disco ball"),
    TEXTILES("Home Textiles", "cushion, squarecushion, quilt, doormat, filler pad, c cover, ironing board, peg"),
    STORAGE(
            "Storage",
            "storage, tidy, cabinet, drawer, drawerknob, sideboard, organiser, basket, bin, box, tin, case, crate, rack, hook,"
                    + " hanger"),
    DECORATION(
            "Home Decoration",
            "sign, doorsign, frame, photo, clock, mirror, mirrored, hanging, decoration, ornament, doorstop, wall, wreath, vase,"
                    + " star, heart, letter, building block, chalkboard, black board, money bank, money box, piggy bank, duck"),
    OTHER("Other", "");

    private final String title;
    private final List<String> phrases;

    ProductCategory(String title, String phrases) {
        this.title = title;
        this.phrases = phrases.isEmpty()
                ? List.of()
                : Arrays.stream(phrases.split(","))
                        .map(ProductCategory::normalised)
                        .toList();
    }

    /** The category's id in the catalogue, from 1. */
    public int id() {
        return ordinal() + 1;
    }

    /** The category's name in the catalogue. */
    public String title() {
        return title;
    }

    /** The category of a product with this description. */
    public static ProductCategory of(String description) {
        String words = normalised(description);
        for (ProductCategory category : values()) {
            if (category.phrases.stream().anyMatch(words::contains)) {
                return category;
            }
        }
        return OTHER;
    }

    /** Lower-case words in singular between single blanks, so that a phrase is found as whole words only. */
    private static String normalised(String text) {
        return Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^a-z0-9]+"))
                .filter(word -> !word.isEmpty())
                .map(ProductCategory::singular)
                .collect(Collectors.joining(" ", " ", " "));
    }

    private static String singular(String word) {
        if (word.length() > 4 && (word.endsWith("xes") || word.endsWith("ches"))) {
            return word.substring(0, word.length() - 2);
        }
        boolean plural = word.length() > 3 && word.endsWith("s") && !word.endsWith("ss");
        return plural ? word.substring(0, word.length() - 1) : word;
    }
}
