package org.spactor.runner.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The classes of the libraries in the form in which the JVM keeps them in memory (class data sharing), so that the
 * hundreds of processes that the tests start need not read and verify them each: that is a quarter of a short process's
 * time.
 */
final class SharedClasses {
    private static final List<String> OPTIONS = create();

    private SharedClasses() {}

    /** Options of a JVM: the class path and, where it could be made, the archive that belongs to it. */
    static List<String> options() {
        return OPTIONS;
    }

    /** An archive holds jars only, and has to be of the first entries of the class path that it is used with. */
    private static List<String> create() {
        List<String> libraries = new ArrayList<>();
        List<String> folders = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            (Files.isRegularFile(Path.of(entry)) ? libraries : folders).add(entry);
        }
        String all = String.join(File.pathSeparator, libraries)
                + File.pathSeparator
                + String.join(File.pathSeparator, folders);
        List<String> withoutArchive = List.of("-cp", all);
        try {
            Path folder = Files.createTempDirectory("shared-classes-");
            Path list = folder.resolve("classes");
            Path archive = folder.resolve("classes.jsa");
            for (Path file : List.of(archive, list, folder)) {
                file.toFile().deleteOnExit(); // in the reverse order
            }
            run(
                    folder,
                    "-XX:DumpLoadedClassList=" + list,
                    "-cp",
                    all,
                    "org.spactor.runner.Main",
                    "pretrain",
                    "--steps",
                    "1",
                    "--out",
                    Files.createTempDirectory("spactor-").resolve("run").toString());
            run(
                    folder,
                    "-Xshare:dump",
                    "-XX:SharedClassListFile=" + list,
                    "-XX:SharedArchiveFile=" + archive,
                    "-cp",
                    String.join(File.pathSeparator, libraries));
            return Files.exists(archive) ? List.of("-XX:SharedArchiveFile=" + archive, "-cp", all) : withoutArchive;
        } catch (IOException e) {
            return withoutArchive;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return withoutArchive;
        }
    }

    private static void run(Path folder, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(SpactorProcess.java(), "-XX:+UseSerialGC"));
        command.addAll(Arrays.asList(arguments));
        new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
