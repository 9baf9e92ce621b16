package org.spactor.runner.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/library.md} and the template beside it. */
class LibraryGuideTest {
    private static final Path GUIDE = Path.of("..", "docs", "library.md");
    private static final Path TEMPLATE = Path.of("..", "docs", "library-template");
    private static final Pattern FILE = Pattern.compile("; `([^`]+)`:\n\n```\\w*\n(.*?)```", Pattern.DOTALL);
    private static final Pattern LOSS = Pattern.compile("(before|after) \\{loss\\.autoencoding=([0-9.]+)\\}");

    @TempDir
    private Path folder;

    @Test
    void theGuideShowsTheTemplatesFiles() throws IOException {
        Matcher files = FILE.matcher(Files.readString(GUIDE));
        List<String> shown = new ArrayList<>();
        while (files.find()) {
            shown.add(files.group(1));
            assertThat(TEMPLATE.resolve(files.group(1))).hasContent(files.group(2));
        }
        assertThat(shown).hasSize(2);
    }

    @Test
    @Tag("long")
    void theTemplateCompilesAndItsProgramLearns() throws Exception {
        Path classes = Files.createDirectory(folder.resolve("classes"));
        compile(classes);

        String output = run(classes, folder.resolve("run").toString());

        Matcher losses = LOSS.matcher(output);
        assertThat(losses.find()).as(output).isTrue();
        double before = Double.parseDouble(losses.group(2));
        assertThat(losses.find()).as(output).isTrue();
        assertThat(Double.parseDouble(losses.group(2))).isLessThan(0.95 * before);
        assertThat(output).contains("step 30: |embedding| = ");
        assertThat(folder.resolve("run/checkpoints/latest")).hasContent("step-00000030");
    }

    private static void compile(Path classes) throws IOException {
        List<String> arguments = new ArrayList<>(
                List.of("-d", classes.toString(), "-cp", System.getProperty("java.class.path"), "-proc:none"));
        try (Stream<Path> files = Files.walk(TEMPLATE.resolve("src"))) {
            files.filter(file -> file.toString().endsWith(".java")).forEach(file -> arguments.add(file.toString()));
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        assertThat(compiler.run(null, null, null, arguments.toArray(String[]::new)))
                .isZero();
    }

    private String run(Path classes, String argument) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-cp",
                        classes + File.pathSeparator + System.getProperty("java.class.path"),
                        "org.example.Train",
                        argument)
                .redirectErrorStream(true);
        builder.directory(folder.toFile());
        builder.environment().remove("OPENBLAS_CORETYPE");
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
