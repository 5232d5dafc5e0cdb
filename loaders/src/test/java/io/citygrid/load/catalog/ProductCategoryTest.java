package io.citygrid.load.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.citygrid.load.testing.SalesFiles;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProductCategoryTest {
    @ParameterizedTest
    @CsvSource({
        "WHITE HANGING HEART T-LIGHT HOLDER, CANDLES",
        "CHRISTMAS TREE T-LIGHT HOLDER, CHRISTMAS",
        "RED WOOLLY HOTTIE WHITE HEART., WARMERS",
        "JUMBO BAG RED RETROSPOT, BAGS",
        "LUNCH BAG  BLACK SKULL., BAGS",
        "SPACEBOY LUNCH BOX, KITCHEN",
        "VINTAGE SNAKES & LADDERS, TOYS",
        "WOODEN BOX OF DOMINOES, TOYS",
        "SET OF 3 NOTEBOOKS IN PARCEL, STATIONERY",
        "BLUE SWEETHEART BRACELET, JEWELLERY",
        "TOY TIDY PINK POLKADOT, STORAGE",
        "DOORMAT NEW ENGLAND, TEXTILES",
        "HERB MARKER MINT, GARDEN",
        "POSTAGE, CHARGES",
        "Discount, CHARGES",
        "Something nobody thought of, OTHER",
        "'', OTHER"
    })
    void theWordsOfADescriptionDecide(String description, ProductCategory category) {
        assertThat(ProductCategory.of(description)).isEqualTo(category);
    }

    @Test
    void wordsMatchWholeInSingularAndPluralAndInAnyCase() {
        assertThat(ProductCategory.of("two mugs")).isEqualTo(ProductCategory.KITCHEN);
        assertThat(ProductCategory.of("Mug")).isEqualTo(ProductCategory.KITCHEN);
        assertThat(ProductCategory.of("SMUGGLERS")).isEqualTo(ProductCategory.OTHER);
    }

    @Test
    void theSampleFillsEveryCategoryAndHardlyAnythingIsOther() {
        Map<Integer, Long> products =
                FileCatalog.of(SalesFiles.sample(), KnownCatalog.nothing()).rows().products().values().stream()
                        .collect(Collectors.groupingBy(product -> product.categoryId(), Collectors.counting()));

        assertThat(Arrays.stream(ProductCategory.values()).filter(category -> category != ProductCategory.OTHER))
                .allSatisfy(category -> assertThat(products).containsKey(category.id()));
        assertThat(products.getOrDefault(ProductCategory.OTHER.id(), 0L)).isLessThan(589 / 20);
    }
}
