package org.spactor.cuda.driver;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.spactor.cuda.device.Device.DeviceProduct;
import org.spactor.cuda.device.DeviceException;
import org.spactor.cuda.device.MatrixProduct;
import org.spactor.engine.plan.ElementType;

/**
 * Matrix products by cuBLASLt. It knows matrices that are stored column by column; a row-major product A · B is its
 * product Bᵀ · Aᵀ. The algorithm is the first that its heuristic names, so that it does not depend on timing.
 */
final class CublasLtProducts implements AutoCloseable {
    private static final long ALIGNMENT = 16;

    private final CublasLtLibrary functions;
    private final Pointer handle;
    private final Pointer stream;
    private final long workspace;
    private final long workspaceBytes;
    private final Map<MatrixProduct, DeviceProduct> prepared = new HashMap<>();
    private final List<Runnable> closing = new ArrayList<>();

    /**
     * Products that are enqueued on a stream.
     *
     * @param workspace address of memory on the card for the library's use
     */
    CublasLtProducts(CublasLtLibrary functions, Pointer stream, long workspace, long workspaceBytes) {
        this.functions = functions;
        this.stream = stream;
        this.workspace = workspace;
        this.workspaceBytes = workspaceBytes;
        PointerByReference created = new PointerByReference();
        check(functions.cublasLtCreate(created), "cannot be started");
        this.handle = created.getValue();
    }

    /** For instance {@code cuBLASLt 13.0.2}. */
    String name() {
        long version = functions.cublasLtGetVersion();
        return "cuBLASLt " + version / 10_000 + "." + version / 100 % 100 + "." + version % 100;
    }

    DeviceProduct prepare(MatrixProduct product) {
        return prepared.computeIfAbsent(product, this::choose);
    }

    private DeviceProduct choose(MatrixProduct product) {
        PointerByReference created = new PointerByReference();
        check(
                functions.cublasLtMatmulDescCreate(created, CublasLtLibrary.COMPUTE_FLOAT32, CublasLtLibrary.FLOAT32),
                "cannot describe " + product);
        Pointer description = created.getValue();
        closing.add(() -> functions.cublasLtMatmulDescDestroy(description));
        transpose(description, CublasLtLibrary.PRODUCT_TRANSPOSE_A, product.right());
        transpose(description, CublasLtLibrary.PRODUCT_TRANSPOSE_B, product.left());
        Pointer right = layout(product, product.right(), product.k(), product.n(), product.operands());
        Pointer left = layout(product, product.left(), product.m(), product.k(), product.operands());
        Pointer result = layout(product, product.result(), product.m(), product.n(), product.product());
        Memory algorithm = algorithm(product, description, right, left, result);
        Memory one = number(1);
        Memory addend = number(product.adds() ? 1 : 0);
        return (leftAddress, rightAddress, addendAddress, productAddress) -> check(
                functions.cublasLtMatmul(
                        handle,
                        description,
                        one,
                        new Pointer(rightAddress),
                        right,
                        new Pointer(leftAddress),
                        left,
                        addend,
                        new Pointer(product.adds() ? addendAddress : productAddress),
                        result,
                        new Pointer(productAddress),
                        result,
                        algorithm,
                        new Pointer(workspace),
                        workspaceBytes,
                        stream),
                "cannot multiply " + product);
    }

    private void transpose(Pointer description, int attribute, MatrixProduct.Layout layout) {
        Memory value = new Memory(Integer.BYTES);
        value.setInt(0, layout.transposed() ? 1 : 0);
        check(
                functions.cublasLtMatmulDescSetAttribute(description, attribute, value, Integer.BYTES),
                "takes no transposed matrix");
    }

    /** A row-major matrix [rows, columns] as it is used, seen as the column-major one that its memory is. */
    private Pointer layout(
            MatrixProduct product, MatrixProduct.Layout layout, long rows, long columns, ElementType type) {
        long storedRows = layout.transposed() ? columns : rows;
        long storedColumns = layout.transposed() ? rows : columns;
        PointerByReference created = new PointerByReference();
        check(
                functions.cublasLtMatrixLayoutCreate(
                        created, dataType(type), storedColumns, storedRows, Math.max(1, layout.rowStride())),
                "cannot describe a matrix of " + product);
        Pointer described = created.getValue();
        closing.add(() -> functions.cublasLtMatrixLayoutDestroy(described));
        if (product.count() > 1) {
            Memory count = new Memory(Integer.BYTES);
            count.setInt(0, Math.toIntExact(product.count()));
            Memory stride = new Memory(Long.BYTES);
            stride.setLong(0, layout.matrixStride());
            check(
                    functions.cublasLtMatrixLayoutSetAttribute(
                            described, CublasLtLibrary.LAYOUT_COUNT, count, Integer.BYTES),
                    "takes no " + product.count() + " matrices");
            check(
                    functions.cublasLtMatrixLayoutSetAttribute(
                            described, CublasLtLibrary.LAYOUT_STRIDE, stride, Long.BYTES),
                    "takes no " + product.count() + " matrices");
        }
        return described;
    }

    private Memory algorithm(MatrixProduct product, Pointer description, Pointer a, Pointer b, Pointer c) {
        PointerByReference created = new PointerByReference();
        check(functions.cublasLtMatmulPreferenceCreate(created), "takes no preference");
        Pointer preference = created.getValue();
        try {
            Memory bytes = new Memory(Long.BYTES);
            bytes.setLong(0, workspaceBytes);
            check(
                    functions.cublasLtMatmulPreferenceSetAttribute(
                            preference, CublasLtLibrary.PREFERENCE_WORKSPACE_BYTES, bytes, Long.BYTES),
                    "takes no limit of its workspace");
            long[] alignments = {
                alignment(product.right(), product.operands()),
                alignment(product.left(), product.operands()),
                alignment(product.result(), product.product()),
                alignment(product.result(), product.product())
            };
            for (int i = 0; i < alignments.length; i++) {
                Memory alignment = new Memory(Integer.BYTES);
                alignment.setInt(0, Math.toIntExact(alignments[i]));
                check(
                        functions.cublasLtMatmulPreferenceSetAttribute(
                                preference, CublasLtLibrary.PREFERENCE_ALIGNMENT_A + i, alignment, Integer.BYTES),
                        "takes no alignment");
            }
            Memory choice = new Memory(CublasLtLibrary.CHOICE_BYTES);
            choice.clear();
            IntByReference found = new IntByReference();
            check(
                    functions.cublasLtMatmulAlgoGetHeuristic(
                            handle, description, a, b, c, c, preference, 1, choice, found),
                    "has no way to multiply " + product);
            if (found.getValue() < 1) {
                throw new DeviceException("cuBLASLt has no way to multiply " + product);
            }
            return choice;
        } finally {
            functions.cublasLtMatmulPreferenceDestroy(preference);
        }
    }

    /** What every row and matrix that begins at a multiple of 16 bytes is aligned to. */
    private static long alignment(MatrixProduct.Layout layout, ElementType type) {
        long rows = layout.rowStride() * type.bytes();
        long matrices = layout.matrixStride() * type.bytes();
        long alignment = ALIGNMENT;
        while (rows % alignment != 0 || matrices % alignment != 0) {
            alignment /= 2;
        }
        return alignment;
    }

    private static int dataType(ElementType type) {
        return switch (type) {
            case FLOAT32 -> CublasLtLibrary.FLOAT32;
            case BFLOAT16 -> CublasLtLibrary.BFLOAT16;
            default -> throw new IllegalArgumentException("no matrices of " + type + " are multiplied");
        };
    }

    private static Memory number(float value) {
        Memory number = new Memory(Float.BYTES);
        number.setFloat(0, value);
        return number;
    }

    private static void check(int result, String what) {
        if (result != 0) {
            throw new DeviceException("cuBLASLt " + what + " (status " + result + ")");
        }
    }

    @Override
    public void close() {
        closing.forEach(Runnable::run);
        functions.cublasLtDestroy(handle);
    }
}
