package io.citygrid.load.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PeopleTest {
    @Test
    void aCodeIsAlwaysTheSamePersonWhoeverWasAskedForBefore() {
        People people = new People();
        Person first = people.of("17850");
        people.of("13047");

        assertThat(people.of("17850")).isEqualTo(first);
        assertThat(new People().of("17850")).isEqualTo(first);
        assertThat(people.of("13047")).isNotEqualTo(first);
    }

    @Test
    void peopleHaveANameAPhoneAndAMailboxNobodyReads() {
        People people = new People();

        assertThat(IntStream.range(0, 200).mapToObj(code -> people.of("C" + code)))
                .allSatisfy(person -> {
                    assertThat(person.name()).contains(" ").hasSizeLessThan(150);
                    assertThat(person.phone()).matches("[0-9 +()-]{7,20}");
                    assertThat(person.email()).matches("[a-z0-9.-]+@example\\.com");
                });
    }
}
