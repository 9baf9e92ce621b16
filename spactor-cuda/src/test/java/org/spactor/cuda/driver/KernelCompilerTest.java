package org.spactor.cuda.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.spactor.cuda.Graphs;
import org.spactor.cuda.device.DeviceException;
import org.spactor.cuda.device.KernelSource;
import org.spactor.engine.compile.CompilerSettings;
import org.spactor.engine.compile.PlanCompiler;
import org.spactor.engine.compile.Precision;
import org.spactor.engine.compile.Recompute;
import org.spactor.engine.plan.Plan;
import org.spactor.engine.reference.GraphCase;
import org.spactor.engine.reference.RandomExpressions;

/** Kernels compile for every architecture that they are meant for, wherever NVRTC is installed; no card is needed. */
class KernelCompilerTest {
    static final List<Integer> ARCHITECTURES = List.of(80, 90, 100);

    private static KernelCompiler compiler;

    @BeforeAll
    static void findCompiler() {
        try {
            compiler = KernelCompiler.ofMachine(System.getenv());
        } catch (DeviceException e) {
            Assumptions.abort(e.getMessage());
        }
    }

    /** Our own files. */
    static List<String> fileNames() throws IOException, URISyntaxException {
        URI header = KernelSource.class
                .getResource("/org/spactor/cuda/kernel/" + KernelSource.HEADER)
                .toURI();
        try (Stream<Path> files = Files.list(Path.of(header).getParent())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".cu"))
                    .sorted()
                    .toList();
        }
    }

    static List<Arguments> files() throws IOException, URISyntaxException {
        return fileNames().stream()
                .flatMap(name -> ARCHITECTURES.stream().map(architecture -> Arguments.of(name, architecture)))
                .toList();
    }

    @ParameterizedTest(name = "{0} for {1}")
    @MethodSource("files")
    void fileCompilesWithoutSpills(String file, int architecture) {
        KernelCompiler.Image image = compiler.compile(KernelSource.of(file), architecture);

        assertThat(image.bytes()).isNotEmpty();
        assertThat(image.log()).contains("0 bytes spill stores").doesNotContainPattern("[1-9]\\d* bytes spill stores");
    }

    /** Written to a file, to be looked at. */
    @Test
    void registersAndSharedMemoryOfEveryKernelAreToldByTheCompiler() throws IOException, URISyntaxException {
        List<String> table = KernelTable.of(compiler, fileNames(), ARCHITECTURES);
        Files.write(Path.of("target", "kernels.md"), table);

        assertThat(table)
                .hasSizeGreaterThan(50)
                .anyMatch(line -> line.startsWith("| fused_attention.cu | attention |"));
    }

    @Test
    void everythingThatPlansAskForCompilesWithoutSpills() {
        List<Plan> plans = new ArrayList<>();
        for (GraphCase graph : Graphs.all()) {
            plans.add(new PlanCompiler().training(graph.declare(true)));
            plans.add(new PlanCompiler(new CompilerSettings(Precision.BFLOAT16, Recompute.NONE))
                    .training(graph.declare(true)));
        }
        plans.add(RandomExpressions.plan(1, 5, 3));
        Set<KernelSource> sources = SourceCollector.of(plans);

        assertThat(sources).hasSizeGreaterThan(20);
        for (KernelSource source : sources) {
            assertThat(compiler.compile(source, 90).log())
                    .as(source.name() + " " + source.macros())
                    .doesNotContainPattern("[1-9]\\d* bytes spill stores");
        }
    }

    @Test
    void cardNewerThanTheCompilerGetsPtx() {
        KernelCompiler.Image image = compiler.compile(KernelSource.of("movement.cu"), 999);

        assertThat(new String(image.bytes(), StandardCharsets.US_ASCII)).contains(".target sm_");
    }

    @Test
    void errorsAreShownWithTheCompilersMessages() {
        KernelSource broken = new KernelSource("broken.cu", "KERNEL nothing(int x) { y = x; }", Map.of());

        assertThatThrownBy(() -> compiler.compile(broken, 90))
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("broken.cu")
                .hasMessageContaining("error");
    }
}
