package io.citygrid.load.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GenerateOptionsTest {
    private static final LocalDate DAY = LocalDate.of(2025, 1, 1);

    @ParameterizedTest
    @CsvSource({
        "-1, 1, 1, 0, 1, 1, --seed",
        "0, 0, 1, 0, 1, 1, --products",
        "0, 20001, 1, 0, 1, 1, --products",
        "0, 1, 0, 0, 1, 1, --customers",
        "0, 1, 1, -1, 1, 1, --orders",
        "0, 1, 1, 1000001, 1, 1, --orders",
        "0, 1, 1, 0, 367, 1, --days",
        "0, 1, 1, 0, 1, 0, --threads",
        "0, 1, 1, 0, 1, 33, --threads"
    })
    void everythingHasALimit(int seed, int products, int customers, int orders, int days, int threads, String option) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GenerateOptions(seed, products, customers, orders, DAY, days, threads))
                .withMessageStartingWith(option);
    }

    @Test
    void theFirstDayHasALimitToo() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GenerateOptions(0, 1, 1, 0, LocalDate.of(1999, 12, 31), 1, 1))
                .withMessageStartingWith("--first-day");
    }

    @Test
    void onlyTheThreadsMakeNoDifferenceToTheData() {
        String identity = new GenerateOptions(1, 2, 3, 4, DAY, 5, 6).identity();

        assertThat(new GenerateOptions(1, 2, 3, 4, DAY, 5, 7).identity()).isEqualTo(identity);
        assertThat(new GenerateOptions(2, 2, 3, 4, DAY, 5, 6).identity()).isNotEqualTo(identity);
        assertThat(new GenerateOptions(1, 2, 3, 5, DAY, 5, 6).identity()).isNotEqualTo(identity);
        assertThat(new GenerateOptions(1, 2, 3, 4, DAY.plusDays(1), 5, 6).identity())
                .isNotEqualTo(identity);
    }
}
