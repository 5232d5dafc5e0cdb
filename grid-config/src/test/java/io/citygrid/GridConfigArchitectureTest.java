package io.citygrid;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.citygrid.grid.sql.QueryQuotas;

/** Who may import whom: model ← placement, durability ← grid. */
@AnalyzeClasses(packages = "io.citygrid", importOptions = DoNotIncludeTests.class)
class GridConfigArchitectureTest {
    @ArchTest
    static final ArchRule theModelKnowsTheJdkAndIgnitesAnnotationsOnly = classes()
            .that()
            .resideInAPackage("io.citygrid.model..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.citygrid.model..",
                    "java..",
                    "org.jspecify..",
                    "org.apache.ignite.cache.affinity",
                    "org.apache.ignite.cache.query.annotations");

    @ArchTest
    static final ArchRule placementKnowsTheModelAndIgniteOnly = classes()
            .that()
            .resideInAPackage("io.citygrid.placement..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.citygrid.placement..",
                    "io.citygrid.model..",
                    "java..",
                    "org.jspecify..",
                    "org.apache.ignite..");

    @ArchTest
    static final ArchRule durabilityKnowsNoGrid = noClasses()
            .that()
            .resideInAPackage("io.citygrid.durability..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.citygrid.grid..");

    @ArchTest
    static final ArchRule nothingHereKnowsSpringBoot =
            noClasses().should().dependOnClassesThat().resideInAPackage("org.springframework.boot..");

    /** But by what puts a fault of theirs right, and by what asks them for which there is no other way that does not wait. */
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
