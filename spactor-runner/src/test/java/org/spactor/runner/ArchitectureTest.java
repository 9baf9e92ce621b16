package org.spactor.runner;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.domain.properties.HasOwner;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.text.NumberFormat;
import java.time.format.DateTimeFormatter;
import java.util.Formatter;
import org.apiguardian.api.API;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.spactor.runner.environment.IoReason;
import org.spactor.runner.plugin.PluginComponents;

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
                .and()
                .doNotHaveSimpleName("package-info")
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

    /** SameDiff is where models are declared and differentiated; ND4J is one backend; nothing else knows them. */
    @Test
    void onlyWhereModelsAreDeclaredAndLoweredAndOnItsOwnBackendIsNd4jKnown() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "org.spactor.engine.graph..",
                        "org.spactor.engine.op..",
                        "org.spactor.engine.compile..",
                        "org.spactor.engine.nd4j..")
                .and()
                .doNotHaveFullyQualifiedName(PluginComponents.class.getName()) // tells ND4J its class loader
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.nd4j..")
                .check(spactor);
    }

    @Test
    void theEngineTrainsOnAnyBackend() {
        noClasses()
                .that()
                .resideInAnyPackage("org.spactor.engine..")
                .and()
                .resideOutsideOfPackage("org.spactor.engine.nd4j..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.spactor.engine.nd4j..")
                .check(spactor);
    }

    /** Not by way of any other class either: plans that were saved are trained where there is no ND4J. */
    @Test
    void whatReadsPlansAndTrainsWithThemNeedsNoNd4j() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "org.spactor.engine.plan..",
                        "org.spactor.engine.backend..",
                        "org.spactor.engine.optimizer..",
                        "org.spactor.engine.train..",
                        "org.spactor.engine.saved..",
                        "org.spactor.cuda..")
                .should()
                .transitivelyDependOnClassesThat()
                .resideInAPackage("org.nd4j..")
                .check(spactor);
    }

    /** What a program may use on one side of the wall, the terminal on the other. */
    @Test
    void theLibraryKnowsNothingOfCommandsAndTerminals() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "org.spactor.runner.embedded..",
                        "org.spactor.runner.training..",
                        "org.spactor.runner.assembly..",
                        "org.spactor.runner.component..",
                        "org.spactor.runner.configuration..",
                        "org.spactor.runner.checkpoint..",
                        "org.spactor.runner.plugin..",
                        "org.spactor.runner.environment..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "picocli..",
                        "me.tongfei..",
                        "org.spactor.runner.command..",
                        "org.spactor.runner.preview..",
                        "org.spactor.runner.benchmark..")
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
    void noPackagesDependOnEachOther() {
        SlicesRuleDefinition.slices()
                .assignedFrom(new EveryPackage())
                .should()
                .beFreeOfCycles()
                .check(spactor);
    }

    @Test
    void nothingIsWrittenInTheDigitsAndLettersOfTheUsersLocale() {
        noClasses()
                .should()
                .callMethod(String.class, "format", String.class, Object[].class)
                .orShould()
                .callMethod(String.class, "formatted", Object[].class)
                .orShould()
                .callMethod(String.class, "toLowerCase")
                .orShould()
                .callMethod(String.class, "toUpperCase")
                .orShould()
                .callMethod(PrintWriter.class, "printf", String.class, Object[].class)
                .orShould()
                .callMethod(PrintWriter.class, "format", String.class, Object[].class)
                .orShould()
                .callMethod(PrintStream.class, "printf", String.class, Object[].class)
                .orShould()
                .callMethod(PrintStream.class, "format", String.class, Object[].class)
                .orShould()
                .callMethod(DateTimeFormatter.class, "ofPattern", String.class)
                .orShould()
                .callConstructor(Formatter.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(NumberFormat.class)
                .because("what a machine reads must be the same everywhere: give Locale.ROOT")
                .check(spactor);
    }

    @Test
    void theMessageOfAnIoExceptionWhichMayBeOnlyAPathIsNotShownAsItIs() {
        noClasses()
                .that()
                .resideInAPackage("org.spactor.runner..")
                .and()
                .doNotHaveFullyQualifiedName(IoReason.class.getName())
                .should()
                .callMethodWhere(JavaCall.Predicates.target(HasName.Predicates.name("getMessage"))
                        .and(JavaCall.Predicates.target(
                                HasOwner.Predicates.With.owner(JavaClass.Predicates.assignableTo(IOException.class)))))
                .because("IoReason says what kind of failure it is")
                .check(spactor);
    }

    private static final class EveryPackage implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
            return SliceIdentifier.of(javaClass.getPackageName());
        }

        @Override
        public String getDescription() {
            return "packages";
        }
    }
}
