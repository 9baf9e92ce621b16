package org.spactor.data;

import java.nio.charset.StandardCharsets;

/**
 * Reads the wire format of Protocol Buffers, field by field: just enough to look into a SentencePiece model without a
 * library and generated classes.
 *
 * <p>Source: Protocol Buffers, <i>Encoding</i>, protobuf.dev/programming-guides/encoding.
 */
final class ProtobufReader {
    static final int VARINT = 0;
    static final int FIXED64 = 1;
    static final int LENGTH_DELIMITED = 2;
    static final int FIXED32 = 5;

    private final byte[] bytes;
    private final int end;
    private int position;
    private int field;
    private int wireType;

    ProtobufReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    private ProtobufReader(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.position = from;
        this.end = end;
    }

    /** Goes on to the next field, which then has to be read or skipped; false at the end of the message. */
    boolean next() {
        if (position == end) {
            return false;
        }
        long tag = varint();
        field = (int) (tag >>> 3);
        wireType = (int) tag & 7;
        if (field == 0 || tag >>> 32 != 0) {
            throw new MalformedProtobufException("field number " + (tag >>> 3) + " before byte " + position);
        }
        return true;
    }

    /** Whether the current field has this number and this wire type. */
    boolean is(int number, int type) {
        return field == number && wireType == type;
    }

    /** The value of a varint field. */
    long varint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (position == end) {
                throw new MalformedProtobufException("the number at byte " + position + " is cut off");
            }
            byte next = bytes[position++];
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new MalformedProtobufException("the number before byte " + position + " is too long");
    }

    /** The value of a length-delimited field that is a message. */
    ProtobufReader message() {
        int from = advance(varint());
        return new ProtobufReader(bytes, from, position);
    }

    /** The value of a length-delimited field that is a string. */
    String string() {
        int from = advance(varint());
        return new String(bytes, from, position - from, StandardCharsets.UTF_8);
    }

    /** Leaves out the value of the current field. */
    void skip() {
        switch (wireType) {
            case VARINT -> varint();
            case FIXED64 -> advance(Long.BYTES);
            case LENGTH_DELIMITED -> advance(varint());
            case FIXED32 -> advance(Integer.BYTES);
            default -> throw new MalformedProtobufException("wire type " + wireType + " before byte " + position);
        }
    }

    private int advance(long count) {
        if (count < 0 || count > end - position) {
            throw new MalformedProtobufException(
                    count + " bytes wanted at byte " + position + ", which ends at " + end);
        }
        int from = position;
        position += (int) count;
        return from;
    }

    /** The bytes are not a message in this format. */
    static final class MalformedProtobufException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        MalformedProtobufException(String message) {
            super(message);
        }
    }
}
