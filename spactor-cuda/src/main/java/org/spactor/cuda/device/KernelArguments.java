package org.spactor.cuda.device;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;

/** The arguments of a kernel as a C array of pointers to the values. */
public final class KernelArguments {
    private static final int SLOT = Long.BYTES;

    private final Memory values;
    private final Memory pointers;

    /**
     * Lays the arguments out.
     *
     * @throws IllegalArgumentException if one is of another type than {@link Device#launch} says
     */
    public KernelArguments(Object... arguments) {
        this.values = new Memory((long) SLOT * Math.max(1, arguments.length));
        this.pointers = new Memory((long) Native.POINTER_SIZE * Math.max(1, arguments.length));
        for (int i = 0; i < arguments.length; i++) {
            put((long) i * SLOT, arguments[i]);
            pointers.setPointer((long) i * Native.POINTER_SIZE, values.share((long) i * SLOT));
        }
    }

    private void put(long offset, Object argument) {
        if (argument instanceof Long number) {
            values.setLong(offset, number);
        } else if (argument instanceof Integer number) {
            values.setInt(offset, number);
        } else if (argument instanceof Float number) {
            values.setFloat(offset, number);
        } else if (argument instanceof Double number) {
            values.setDouble(offset, number);
        } else {
            throw new IllegalArgumentException("a kernel takes no " + argument);
        }
    }

    /** The array; valid as long as this object is. */
    public Pointer pointer() {
        return pointers;
    }
}
