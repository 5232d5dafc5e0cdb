package io.citygrid.load;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.citygrid.load", importOptions = DoNotIncludeTests.class)
class LoadersArchitectureTest {
    @ArchTest
    static final ArchRule theGridIsReachedThroughTheGridClientAlone = noClasses()
            .that()
            .resideInAPackage("io.citygrid.load..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.ignite..");

    @ArchTest
    static final ArchRule capabilitiesDoNotNeedEachOtherInCircles =
            slices().matching("io.citygrid.load.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule onlyTheCommandLineKnowsTheCommandLine = noClasses()
            .that()
            .resideOutsideOfPackage("io.citygrid.load.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("picocli..", "io.citygrid.load.cli..");

    @ArchTest
    static final ArchRule onlyTheGridIsKnownBesidesTheLoaders = noClasses()
            .should()
            .dependOnClassesThat(resideInAPackage("io.citygrid..")
                    .and(resideOutsideOfPackages(
                            "io.citygrid.load..",
                            "io.citygrid.model..",
                            "io.citygrid.placement..",
                            "io.citygrid.durability..",
                            "io.citygrid.security..",
                            "io.citygrid.grid..")));

    @ArchTest
    static final ArchRule classesAreNamedAfterWhatTheyAre =
            noClasses().should().haveNameMatching(".*(Util|Utils|Helper|Manager|Impl)");
}
