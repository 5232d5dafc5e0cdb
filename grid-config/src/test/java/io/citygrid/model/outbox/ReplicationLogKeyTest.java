package io.citygrid.model.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.citygrid.model.CityFragment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Ids of the replication log: in the order of time, one for each row of all cities, and exact in every browser. */
class ReplicationLogKeyTest {
    private static final long EXACT_IN_A_DOUBLE_MAX = (1L << 53) - 1;
    private static final Instant MOMENT = Instant.parse("2026-07-01T12:00:00.250Z");

    @Test
    void aLaterMillisecondHasAHigherIdInWhateverFragment() {
        assertThat(ReplicationLogKey.first(16, MOMENT.plusMillis(1)).id())
                .isGreaterThan(
                        ReplicationLogKey.first(CityFragment.COUNT - 1, MOMENT).id());
    }

    @Test
    void fragmentsHaveIdsOfTheirOwnInTheSameMillisecond() {
        List<Long> ids = new ArrayList<>();
        for (int fragment = CityFragment.SLOTS; fragment < CityFragment.COUNT; fragment++) {
            ids.add(ReplicationLogKey.first(fragment, MOMENT).id());
        }

        assertThat(ids).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void keysOfOneFragmentFollowEachOtherIntoTheNextMillisecond() {
        List<ReplicationLogKey> keys = new ArrayList<>(List.of(ReplicationLogKey.first(37, MOMENT)));
        for (int i = 0; i < 9; i++) {
            keys.add(keys.get(i).next());
        }

        assertThat(keys).doesNotHaveDuplicates().isSorted();
        assertThat(keys).extracting(ReplicationLogKey::cityFragment).containsOnly(37);
        assertThat(keys.get(4)).isEqualTo(ReplicationLogKey.first(37, MOMENT.plusMillis(1)));
        assertThat(keys.get(8)).isEqualTo(ReplicationLogKey.first(37, MOMENT.plusMillis(2)));
    }

    @Test
    void theIdAloneGivesTheKeyBack() {
        ReplicationLogKey key = ReplicationLogKey.first(1023, MOMENT).next();

        ReplicationLogKey back = ReplicationLogKey.stored(key.id());

        assertThat(back).isEqualTo(key);
        assertThat(back.cityFragment()).isEqualTo(1023);
        assertThat(back.cityId()).isEqualTo(63);
    }

    @Test
    void idsAreExactForProgramsThatKnowDoublesOnly() {
        Instant last = Instant.parse("2089-09-01T00:00:00Z");

        assertThat(ReplicationLogKey.first(1023, last).next().id()).isLessThanOrEqualTo(EXACT_IN_A_DOUBLE_MAX);
    }
}
