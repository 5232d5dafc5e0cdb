package io.citygrid.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.citygrid.launch.CannotStart;
import io.citygrid.placement.SurvivalGoal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoFolderTest {
    @TempDir
    Path parent;

    @Test
    void aNewFolderTakesTheGoalAskedForAndKeepsIt() throws IOException {
        Path path = parent.resolve("new");
        try (DemoFolder folder = DemoFolder.open(path)) {
            assertThat(folder.goal(SurvivalGoal.CITY)).isEqualTo(SurvivalGoal.CITY);
        }
        try (DemoFolder folder = DemoFolder.open(path)) {
            assertThat(folder.goal(null)).isEqualTo(SurvivalGoal.CITY);
            assertThatThrownBy(() -> folder.goal(SurvivalGoal.NODE))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContainingAll("--survive city", "--fresh", "--data");
        }
    }

    @Test
    void withoutAWishTheGoalIsBoth() throws IOException {
        try (DemoFolder folder = DemoFolder.open(parent.resolve("new"))) {
            assertThat(folder.goal(null)).isEqualTo(SurvivalGoal.BOTH);
        }
    }

    @Test
    void afterDeletingItsDataAnotherGoalIsFine() throws IOException {
        try (DemoFolder folder = DemoFolder.open(parent.resolve("new"))) {
            folder.goal(SurvivalGoal.CITY);
            folder.deleteData();
            assertThat(folder.goal(SurvivalGoal.NODE)).isEqualTo(SurvivalGoal.NODE);
        }
    }

    @Test
    void aFolderOfSomebodyElseIsRefusedUntouched() throws IOException {
        Files.writeString(parent.resolve("thesis.txt"), "do not delete");
        assertThatThrownBy(() -> DemoFolder.open(parent))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("not made by a demo");
        assertThat(parent).isDirectoryContaining("glob:**/thesis.txt").isDirectoryNotContaining("glob:**/demo.lock");
    }

    @Test
    void deletesOnlyWhatADemoMade() throws IOException {
        try (DemoFolder folder = DemoFolder.open(parent)) {
            folder.goal(null);
            Files.createDirectories(parent.resolve("nodes/karachi-1"));
            Files.writeString(parent.resolve("nodes/karachi-1/wal"), "x");
            Files.writeString(parent.resolve("notes.txt"), "do not delete");
            folder.deleteData();
        }
        assertThat(parent.resolve("nodes")).doesNotExist();
        assertThat(parent.resolve("notes.txt")).hasContent("do not delete");
    }

    @Test
    void deletingFollowsNoLinks() throws IOException {
        Path outside = Files.createDirectory(parent.resolve("outside"));
        Files.writeString(outside.resolve("kept"), "x");
        Path path = parent.resolve("new");
        try (DemoFolder folder = DemoFolder.open(path)) {
            Files.createDirectory(path.resolve("nodes"));
            Files.createSymbolicLink(path.resolve("nodes/link"), outside);
            folder.deleteData();
        }
        assertThat(outside.resolve("kept")).exists();
        assertThat(path.resolve("nodes")).doesNotExist();
    }
}
