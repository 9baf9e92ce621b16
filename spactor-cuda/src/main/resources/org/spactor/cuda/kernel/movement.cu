#include "spactor.cuh"

// What moves or rounds elements. Macro: ELEMENT, the type of the elements that are copied.
#ifndef ELEMENT
#define ELEMENT float
#endif

// A view of up to eight sides, written contiguously.
KERNEL copy(const ELEMENT* x, ELEMENT* y, int64 elements, int rank, const int64* sides_and_strides) {
    for (int64 i = global_thread(); i < elements; i += global_threads()) {
        int64 rest = i;
        int64 from = 0;
        for (int side = rank - 1; side >= 0; side--) {
            int64 length = sides_and_strides[side];
            from += rest % length * sides_and_strides[rank + side];
            rest /= length;
        }
        y[i] = x[from];
    }
}

KERNEL accumulate(const float* x, float* total, int64 elements) {
    for (int64 i = global_thread(); i < elements; i += global_threads()) {
        total[i] += x[i];
    }
}

KERNEL round_to_bfloat16(const float* x, bfloat16* y, int64 elements) {
    for (int64 i = global_thread(); i < elements; i += global_threads()) {
        y[i] = to_bfloat16(x[i]);
    }
}
