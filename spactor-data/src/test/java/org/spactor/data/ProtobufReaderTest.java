package org.spactor.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProtobufReaderTest {
    @Test
    void fieldsOfEveryWireTypeAreReadOrSkipped() {
        byte[] message = {
            0x08,
            (byte) 0x96,
            0x01, // 1: varint 150
            0x11,
            1,
            2,
            3,
            4,
            5,
            6,
            7,
            8, // 2: fixed64
            0x1D,
            1,
            2,
            3,
            4, // 3: fixed32
            0x22,
            2,
            'h',
            'i', // 4: string
            0x2A,
            2,
            0x08,
            0x05, // 5: message with 1: varint 5
            (byte) 0x82,
            0x06,
            1,
            'x', // 96: a string, skipped
        };
        ProtobufReader reader = new ProtobufReader(message);

        assertThat(reader.next()).isTrue();
        assertThat(reader.is(1, ProtobufReader.VARINT)).isTrue();
        assertThat(reader.varint()).isEqualTo(150);
        assertThat(reader.next()).isTrue();
        assertThat(reader.is(2, ProtobufReader.FIXED64)).isTrue();
        reader.skip();
        assertThat(reader.next()).isTrue();
        assertThat(reader.is(3, ProtobufReader.FIXED32)).isTrue();
        reader.skip();
        assertThat(reader.next()).isTrue();
        assertThat(reader.is(4, ProtobufReader.LENGTH_DELIMITED)).isTrue();
        assertThat(reader.string()).isEqualTo("hi");
        assertThat(reader.next()).isTrue();
        ProtobufReader inner = reader.message();
        assertThat(inner.next()).isTrue();
        assertThat(inner.varint()).isEqualTo(5);
        assertThat(inner.next()).isFalse();
        assertThat(reader.next()).isTrue();
        reader.skip();
        assertThat(reader.next()).isFalse();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "0A05", // five bytes announced, none there
                "0AFFFFFFFF0F", // a length beyond any file
                "08FF", // a number without its end
                "08FFFFFFFFFFFFFFFFFFFF01", // a number of more than 64 bits
                "0B", // a wire type that no longer exists
                "00", // field 0
            })
    void whatIsNotAMessageIsRefused(String hex) {
        ProtobufReader reader = new ProtobufReader(HexFormat.of().parseHex(hex));

        assertThatThrownBy(() -> {
                    while (reader.next()) {
                        reader.skip();
                    }
                })
                .isInstanceOf(ProtobufReader.MalformedProtobufException.class);
    }
}
