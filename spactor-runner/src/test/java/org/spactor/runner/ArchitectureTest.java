package org.spactor.runner;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.apiguardian.api.API;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The dependency rules of the modules. */
class ArchitectureTest {
    private static JavaClasses spactor;

    @BeforeAll
    static void importClasses() {
        spactor = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .withImportOption(location -> !location.contains("-tests.jar"))
                .importPackages("org.spactor");
    }

    @Test
    void theApiDependsOnNoOtherModule() {
        noClasses()
                .that()
                .resideInAPackage("org.spactor.api..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.spactor.engine..",
                        "org.spactor.models..",
                        "org.spactor.objectives..",
                        "org.spactor.data..",
                        "org.spactor.runner..")
                .check(spactor);
    }

    @Test
    void everyTypeOfTheApiSaysHowStableItIs() {
        classes()
                .that()
                .resideInAPackage("org.spactor.api..")
                .and()
                .areTopLevelClasses()
                .should()
                .beAnnotatedWith(API.class)
                .check(spactor);
    }

    @Test
    void modelsObjectivesAndDataSeeOnlyTheApi() {
        for (String module : new String[] {"models", "objectives", "data"}) {
            classes()
                    .that()
                    .resideInAPackage("org.spactor." + module + "..")
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            "org.spactor.api..",
                            "org.spactor." + module + "..",
                            "org.nd4j..",
                            "java..",
                            "ai.djl..",
                            "org.bytedeco..",
                            "com.fasterxml.jackson..")
                    .check(spactor);
        }
    }

    @Test
    void theDataModuleAndTheCorruptorsKnowNothingOfNd4j() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "org.spactor.data..",
                        "org.spactor.objectives.corruption..",
                        "org.spactor.objectives.curriculum..",
                        "org.spactor.api.corruption..",
                        "org.spactor.api.curriculum..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.nd4j..")
                .check(spactor);
    }

    @Test
    void plansHaveNoTypeOfAnArrayLibrary() {
        noClasses()
                .that()
                .resideInAPackage("org.spactor.engine.plan..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.nd4j..", "org.bytedeco..")
                .check(spactor);
    }

    @Test
    void onlyTheRunnerKnowsGuiceCommonsConfigurationAndPicocli() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.spactor.runner..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.google.inject..", "org.apache.commons.configuration2..", "picocli..")
                .check(spactor);
    }

    @Test
    void theEngineDependsOnTheApiAlone() {
        noClasses()
                .that()
                .resideInAPackage("org.spactor.engine..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.spactor.models..",
                        "org.spactor.objectives..",
                        "org.spactor.data..",
                        "org.spactor.runner..")
                .check(spactor);
    }

    @Test
    void packagesOfTheEngineHaveNoCycles() {
        SlicesRuleDefinition.slices()
                .matching("org.spactor.engine.(*)..")
                .should()
                .beFreeOfCycles()
                .check(spactor);
    }
}
