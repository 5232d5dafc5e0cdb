package io.citygrid.grid;

import static org.assertj.core.api.Assertions.assertThat;

import io.citygrid.model.order.OrderOutcome;
import io.citygrid.model.stock.StockOutcome;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GridTypesTest {
    @Test
    void everyAnswerIsMadeKnownBeforeTheFirstSale() {
        List<Class<?>> answers = Stream.of(OrderOutcome.class, StockOutcome.class)
                .flatMap(outcome -> Arrays.stream(outcome.getDeclaredClasses()))
                .toList();

        assertThat(GridTypes.all()).containsAll(answers);
    }

    @Test
    void noTypeIsARecordWhichIgniteCannotStore() {
        assertThat(GridTypes.all()).noneMatch(Class::isRecord);
    }
}
