package org.spactor.runner.preview;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Help.Ansi.Style;

/** Text of which every character has a style, broken into lines between words. */
final class StyledText {
    private final StringBuilder text = new StringBuilder();
    private final List<List<IStyle>> styles = new ArrayList<>();

    void append(String more, List<IStyle> style) {
        for (int i = 0; i < more.length(); i++) {
            char c = more.charAt(i);
            text.append(Character.isWhitespace(c) ? ' ' : c);
            styles.add(style);
        }
    }

    /** Lines of at most so many characters, as the terminal is to be told them. */
    List<String> lines(int width, Ansi ansi) {
        List<String> lines = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int end = Math.min(start + width, text.length());
            if (end < text.length()) {
                int space = text.lastIndexOf(" ", end);
                end = space > start ? space : end;
            }
            lines.add(render(start, end, ansi));
            start = end < text.length() && text.charAt(end) == ' ' ? end + 1 : end;
        }
        return lines;
    }

    private String render(int start, int end, Ansi ansi) {
        if (!ansi.enabled()) {
            return text.substring(start, end);
        }
        StringBuilder line = new StringBuilder();
        int i = start;
        while (i < end) {
            List<IStyle> style = styles.get(i);
            int runEnd = i;
            while (runEnd < end && styles.get(runEnd).equals(style)) {
                runEnd++;
            }
            String run = text.substring(i, runEnd);
            IStyle[] all = style.toArray(IStyle[]::new);
            line.append(all.length == 0 ? run : Style.on(all) + run + Style.off(all) + Style.reset.off());
            i = runEnd;
        }
        return line.toString();
    }
}
