// What the kernels share. They are compiled by NVRTC for the card that is there, and by a C++ compiler against
// emulator.h, which plays blocks, threads, barriers and shuffles on the CPU: so no other header is included, and what
// only one of the two knows stands here alone.
#ifndef SPACTOR_CUH
#define SPACTOR_CUH

typedef long long int64;
typedef unsigned long long uint64;

#define WARP 32
#define ALL_LANES 0xffffffffu
#define INFINITY_OF_FLOAT __int_as_float(0x7f800000)

#ifdef SPACTOR_EMULATOR
// A block's memory whose size is said when the kernel is started.
#define DYNAMIC_SHARED(type, name) type* name = (type*) emulator::dynamic_shared()
#else
#define DYNAMIC_SHARED(type, name)                                     \
    extern __shared__ __align__(16) unsigned char dynamic_shared_[];   \
    type* name = (type*) dynamic_shared_
#endif

#define KERNEL extern "C" __global__ void

// The index of the thread in a grid of one row of blocks, and the number of threads.
__device__ inline int64 global_thread() { return (int64) blockIdx.x * blockDim.x + threadIdx.x; }
__device__ inline int64 global_threads() { return (int64) gridDim.x * blockDim.x; }

// The upper half of a float: its range with eight bits of precision.
struct bfloat16 {
    unsigned short bits;
};

__device__ inline float load(const float* at) { return *at; }
__device__ inline float load(const bfloat16* at) { return __uint_as_float((unsigned) at->bits << 16); }
__device__ inline float load(const int* at) { return (float) *at; }
__device__ inline float load(const double* at) { return (float) *at; }

// Ties to even; a NaN stays one.
__device__ inline bfloat16 to_bfloat16(float x) {
    unsigned bits = __float_as_uint(x);
    bool nan = (bits & 0x7fffffffu) > 0x7f800000u;
    bfloat16 rounded;
    rounded.bits = nan ? (unsigned short) ((bits >> 16) | 0x40u)
                       : (unsigned short) ((bits + 0x7fffu + ((bits >> 16) & 1u)) >> 16);
    return rounded;
}

__device__ inline void store(float* at, float x) { *at = x; }
__device__ inline void store(bfloat16* at, float x) { *at = to_bfloat16(x); }
__device__ inline void store(double* at, double x) { *at = x; }

// Sums and maxima over a warp: every lane gets them, and the order of the terms is the same in every run.
template <typename T>
__device__ inline T warp_sum(T x) {
    for (int distance = WARP / 2; distance > 0; distance /= 2) {
        x += __shfl_xor_sync(ALL_LANES, x, distance);
    }
    return x;
}

template <typename T>
__device__ inline T warp_max(T x) {
    for (int distance = WARP / 2; distance > 0; distance /= 2) {
        T other = __shfl_xor_sync(ALL_LANES, x, distance);
        x = other > x ? other : x;
    }
    return x;
}

// The same over a block of whole warps; every thread calls it, and every thread gets the result.
template <typename T>
__device__ inline T block_sum(T x) {
    __shared__ T of_warps[WARP];
    x = warp_sum(x);
    __syncthreads();
    if (threadIdx.x % WARP == 0) {
        of_warps[threadIdx.x / WARP] = x;
    }
    __syncthreads();
    T sum = 0;
    for (int warp = 0; warp < (int) blockDim.x / WARP; warp++) {
        sum += of_warps[warp];
    }
    return sum;
}

template <typename T>
__device__ inline T block_max(T x) {
    __shared__ T of_warps[WARP];
    x = warp_max(x);
    __syncthreads();
    if (threadIdx.x % WARP == 0) {
        of_warps[threadIdx.x / WARP] = x;
    }
    __syncthreads();
    T greatest = of_warps[0];
    for (int warp = 1; warp < (int) blockDim.x / WARP; warp++) {
        greatest = of_warps[warp] > greatest ? of_warps[warp] : greatest;
    }
    return greatest;
}

// CounterRandom: numbers that are a function of a key and a counter, the same as on the CPU.
__device__ inline uint64 mix(uint64 z) {
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
    return z ^ (z >> 31);
}

__device__ inline uint64 random_bits(uint64 key, uint64 counter) {
    return mix(key + (counter + 1) * 0x9E3779B97F4A7C15ull);
}

__device__ inline float random_uniform(uint64 key, uint64 counter) {
    return (float) (random_bits(key, counter) >> 40) * 5.9604644775390625e-8f;
}

// Tensor cores multiply fragments of matrices of bfloat16, which the lanes of a warp hold together: every lane has some of
// the elements, as the instruction mma.m16n8k16 says. All lanes of a warp call these together; emulator.h has its own.
#ifndef SPACTOR_EMULATOR

// Two floats as two bfloat16 side by side, the first one in the lower half.
__device__ inline unsigned to_bfloat16_pair(float lower, float upper) {
    unsigned pair;
    asm("cvt.rn.bf16x2.f32 %0, %1, %2;" : "=r"(pair) : "f"(upper), "f"(lower));
    return pair;
}

// sum (16 x 8) += left (16 x 16) times right (16 x 8).
__device__ inline void multiply_fragments(
        float (&sum)[4], const unsigned (&left)[4], unsigned right_upper, unsigned right_lower) {
    asm("mma.sync.aligned.m16n8k16.row.col.f32.bf16.bf16.f32 {%0,%1,%2,%3}, {%4,%5,%6,%7}, {%8,%9}, {%0,%1,%2,%3};"
        : "+f"(sum[0]), "+f"(sum[1]), "+f"(sum[2]), "+f"(sum[3])
        : "r"(left[0]), "r"(left[1]), "r"(left[2]), "r"(left[3]), "r"(right_upper), "r"(right_lower));
}

// Four matrices of 8 x 8 from a block's shared memory: a lane says where a row of 16 bytes is, the first eight lanes those
// of the first matrix and so on. It gets two neighbours of row lane / 4 of each.
__device__ inline void load_fragments(unsigned (&parts)[4], const bfloat16* row) {
    unsigned at = (unsigned) __cvta_generic_to_shared(row);
    asm volatile("ldmatrix.sync.aligned.m8n8.x4.shared.b16 {%0,%1,%2,%3}, [%4];"
                 : "=r"(parts[0]), "=r"(parts[1]), "=r"(parts[2]), "=r"(parts[3])
                 : "r"(at)
                 : "memory");
}

// The same, but a lane gets two neighbours of column lane / 4.
__device__ inline void load_fragments_transposed(unsigned (&parts)[4], const bfloat16* row) {
    unsigned at = (unsigned) __cvta_generic_to_shared(row);
    asm volatile("ldmatrix.sync.aligned.m8n8.x4.trans.shared.b16 {%0,%1,%2,%3}, [%4];"
                 : "=r"(parts[0]), "=r"(parts[1]), "=r"(parts[2]), "=r"(parts[3])
                 : "r"(at)
                 : "memory");
}
#endif

#endif
