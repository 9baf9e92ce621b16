package org.spactor.cuda.driver;

import com.sun.jna.Library;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;

/** What is used of cuBLASLt; every function but one returns 0 or the number of an error. Source: {@code cublasLt.h}. */
interface CublasLtLibrary extends Library {
    int FLOAT32 = 0;
    int BFLOAT16 = 14;
    int COMPUTE_FLOAT32 = 68;

    int PRODUCT_TRANSPOSE_A = 3;
    int PRODUCT_TRANSPOSE_B = 4;
    int LAYOUT_COUNT = 5;
    int LAYOUT_STRIDE = 6;
    int PREFERENCE_WORKSPACE_BYTES = 1;
    int PREFERENCE_ALIGNMENT_A = 5;

    /** Size of {@code cublasLtMatmulHeuristicResult_t}, which begins with the algorithm. */
    int CHOICE_BYTES = 96;

    int cublasLtCreate(PointerByReference handle);

    int cublasLtDestroy(Pointer handle);

    long cublasLtGetVersion();

    int cublasLtMatmulDescCreate(PointerByReference product, int computeType, int scaleType);

    int cublasLtMatmulDescDestroy(Pointer product);

    int cublasLtMatmulDescSetAttribute(Pointer product, int attribute, Pointer value, long bytes);

    int cublasLtMatrixLayoutCreate(PointerByReference layout, int type, long rows, long columns, long stride);

    int cublasLtMatrixLayoutDestroy(Pointer layout);

    int cublasLtMatrixLayoutSetAttribute(Pointer layout, int attribute, Pointer value, long bytes);

    int cublasLtMatmulPreferenceCreate(PointerByReference preference);

    int cublasLtMatmulPreferenceDestroy(Pointer preference);

    int cublasLtMatmulPreferenceSetAttribute(Pointer preference, int attribute, Pointer value, long bytes);

    int cublasLtMatmulAlgoGetHeuristic(
            Pointer handle,
            Pointer product,
            Pointer a,
            Pointer b,
            Pointer c,
            Pointer d,
            Pointer preference,
            int wanted,
            Pointer choices,
            IntByReference found);

    int cublasLtMatmul(
            Pointer handle,
            Pointer product,
            Pointer alpha,
            Pointer a,
            Pointer layoutA,
            Pointer b,
            Pointer layoutB,
            Pointer beta,
            Pointer c,
            Pointer layoutC,
            Pointer d,
            Pointer layoutD,
            Pointer algorithm,
            Pointer workspace,
            long workspaceBytes,
            Pointer stream);
}
