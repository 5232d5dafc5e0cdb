package io.citygrid.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CityFragmentTest {
    @ParameterizedTest
    @CsvSource({"1, 1, 17", "1, 15, 31", "1, 16, 16", "2, 17, 33", "63, 2147483647, 1023"})
    void isTheCityTimes16PlusTheOwnersSlot(int cityId, int ownerId, int fragment) {
        assertThat(CityFragment.of(cityId, ownerId)).isEqualTo(fragment);
    }

    @Test
    void everyFragmentOfACityNamesThatCity() {
        for (int cityId = 1; cityId < CityFragment.CITIES_MAX; cityId++) {
            int city = cityId;
            assertThat(IntStream.rangeClosed(1, 100).map(owner -> CityFragment.of(city, owner)))
                    .allMatch(fragment -> CityFragment.cityOf(fragment) == city)
                    .containsAll(IntStream.range(0, 16)
                            .mapToObj(slot -> city * 16 + slot)
                            .toList());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 64, Integer.MAX_VALUE})
    void aCityIs1To63(int cityId) {
        assertThatThrownBy(() -> CityFragment.of(cityId, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a city id is 1 to 63, not " + cityId);
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -16, 0})
    void anOwnerStartsAt1(int ownerId) {
        assertThatThrownBy(() -> CityFragment.of(1, ownerId))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(Integer.toString(ownerId));
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 15, 1024, Integer.MAX_VALUE})
    void aFragmentOutsideTheCitiesBelongsToNone(int fragment) {
        assertThatThrownBy(() -> CityFragment.cityOf(fragment)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aKeyInItsOwnersFragmentIsAccepted() {
        assertThatCode(() -> CityFragment.requireOwner(CityFragment.of(2, 7), 7))
                .doesNotThrowAnyException();
    }

    @Test
    void aKeyInAnotherFragmentIsRefused() {
        assertThatThrownBy(() -> CityFragment.requireOwner(CityFragment.of(2, 7), 8))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a key of owner 8 carries the city fragment 39");
    }
}
