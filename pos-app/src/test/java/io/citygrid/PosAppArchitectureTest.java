package io.citygrid;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.citygrid.grid.sql.QueryQuotas;

/** Who may import whom, over all modules: the grid ← features ← web. */
@AnalyzeClasses(packages = "io.citygrid", importOptions = DoNotIncludeTests.class)
class PosAppArchitectureTest {
    @ArchTest
    static final ArchRule onlyTasksAndTheLauncherTouchANode = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "io.citygrid.order",
                    "io.citygrid.stock",
                    "io.citygrid.customer",
                    "io.citygrid.demo..",
                    "io.citygrid.launch..",
                    "io.citygrid.durability..",
                    "io.citygrid.security.plugin..",
                    "io.citygrid.grid..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("org.apache.ignite.Ignite");

    @ArchTest
    static final ArchRule webPagesKnowNoIgnite = noClasses()
            .that()
            .resideInAPackage("io.citygrid..web..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.ignite..");

    @ArchTest
    static final ArchRule featuresDoNotKnowTheirPages = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.citygrid.order",
                    "io.citygrid.stock",
                    "io.citygrid.customer",
                    "io.citygrid.catalog",
                    "io.citygrid.model..",
                    "io.citygrid.placement..",
                    "io.citygrid.durability..",
                    "io.citygrid.grid..",
                    "io.citygrid.load..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.citygrid..web..");

    @ArchTest
    static final ArchRule tasksKnowNoSpring = noClasses()
            .that()
            .resideInAnyPackage("io.citygrid.order", "io.citygrid.stock", "io.citygrid.customer")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.springframework..");

    @ArchTest
    static final ArchRule loadersKnowTheGridAndNotTheApp = noClasses()
            .that()
            .resideInAPackage("io.citygrid.load..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.citygrid",
                    "io.citygrid.order..",
                    "io.citygrid.stock..",
                    "io.citygrid.customer..",
                    "io.citygrid.catalog..",
                    "io.citygrid.ops..",
                    "io.citygrid.web..",
                    "io.citygrid.launch..",
                    "io.citygrid.demo..");

    /** But by what puts a fault of theirs right; see the rule of the same name in grid-config. */
    @ArchTest
    static final ArchRule ignitesInternalsAreLeftAlone = noClasses()
            .that()
            .doNotBelongToAnyOf(QueryQuotas.class)
            .and()
            .doNotHaveFullyQualifiedName("io.citygrid.grid.backup.SnapshotCheck")
            .and()
            .doNotHaveFullyQualifiedName("io.citygrid.grid.topology.MovingCopies")
            .and()
            .resideOutsideOfPackage("io.citygrid.security.plugin..")
            .and()
            .doNotHaveFullyQualifiedName("io.citygrid.ops.ControlUtility")
            .should()
            // The mark for tasks that answer while the cluster is not active: see Clocks.
            .dependOnClassesThat(
                    resideInAPackage("org.apache.ignite.internal..").and(not(simpleName("GridInternal"))));

    @ArchTest
    static final ArchRule capabilitiesDoNotNeedEachOtherInCircles =
            slices().matching("io.citygrid.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule classesAreNamedAfterWhatTheyAre =
            noClasses().should().haveNameMatching(".*(Util|Utils|Helper|Manager|Impl)");
}
