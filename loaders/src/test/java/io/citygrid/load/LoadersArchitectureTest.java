package io.citygrid.load;

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
}
