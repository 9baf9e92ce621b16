// Plays a GPU on the CPU: kernels written in CUDA C++ compile against this with a C++ compiler and run block by block. A
// thread of a block is a fibre; it gives the floor to the others at barriers and shuffles. Every operating-system thread
// plays blocks of its own.
#pragma once

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <thread>
#include <tuple>
#include <utility>
#include <vector>
#include <sys/mman.h>

#define SPACTOR_EMULATOR 1
#define __global__
#define __device__
#define __host__
#define __forceinline__ inline
#define __restrict__
#define __launch_bounds__(...)
#define __align__(n) alignas(n)
#define __shared__ static thread_local

struct uint3 { unsigned x, y, z; };
struct dim3 { unsigned x, y, z; };
struct float2 { float x, y; };
struct alignas(16) float4 { float x, y, z, w; };
struct uint2 { unsigned x, y; };
struct alignas(16) uint4 { unsigned x, y, z, w; };
struct int2 { int x, y; };
struct alignas(16) int4 { int x, y, z, w; };
inline float2 make_float2(float x, float y) { return {x, y}; }
inline float4 make_float4(float x, float y, float z, float w) { return {x, y, z, w}; }
inline uint2 make_uint2(unsigned x, unsigned y) { return {x, y}; }
inline uint4 make_uint4(unsigned x, unsigned y, unsigned z, unsigned w) { return {x, y, z, w}; }

namespace emulator {

constexpr int LANES = 32;
constexpr size_t STACK = 128 * 1024;

#if defined(__x86_64__)
// Pushes what a callee keeps, swaps stacks, pops. The floating-point control words are never changed.
asm(R"(
.text
.local emulator_switch
.type emulator_switch,@function
emulator_switch:
    pushq %rbp
    pushq %rbx
    pushq %r12
    pushq %r13
    pushq %r14
    pushq %r15
    movq %rsp, (%rdi)
    movq %rsi, %rsp
    popq %r15
    popq %r14
    popq %r13
    popq %r12
    popq %rbx
    popq %rbp
    ret
.size emulator_switch,.-emulator_switch
)");
extern "C" void emulator_switch(void** from, void* to) __attribute__((visibility("hidden")));
constexpr int SAVED = 6;
#elif defined(__aarch64__)
asm(R"(
.text
.local emulator_switch
.type emulator_switch,%function
emulator_switch:
    sub sp, sp, #160
    stp x19, x20, [sp, #0]
    stp x21, x22, [sp, #16]
    stp x23, x24, [sp, #32]
    stp x25, x26, [sp, #48]
    stp x27, x28, [sp, #64]
    stp x29, x30, [sp, #80]
    stp d8, d9, [sp, #96]
    stp d10, d11, [sp, #112]
    stp d12, d13, [sp, #128]
    stp d14, d15, [sp, #144]
    mov x9, sp
    str x9, [x0]
    mov sp, x1
    ldp x19, x20, [sp, #0]
    ldp x21, x22, [sp, #16]
    ldp x23, x24, [sp, #32]
    ldp x25, x26, [sp, #48]
    ldp x27, x28, [sp, #64]
    ldp x29, x30, [sp, #80]
    ldp d8, d9, [sp, #96]
    ldp d10, d11, [sp, #112]
    ldp d12, d13, [sp, #128]
    ldp d14, d15, [sp, #144]
    add sp, sp, #160
    ret
.size emulator_switch,.-emulator_switch
)");
extern "C" void emulator_switch(void** from, void* to) __attribute__((visibility("hidden")));
#else
#error "the emulator switches stacks on x86-64 and aarch64 alone"
#endif

enum State { READY, AT_BARRIER, AT_WARP_BARRIER, DONE };

struct Stack {
    char* base;
    void* pointer;
};

struct Fibre {
    Stack* stack = nullptr;
    State state = READY;
    uint3 thread{};
    unsigned exchanges = 0;
};

// One block at a time, of one operating-system thread.
struct Player {
    std::vector<Fibre> fibres;
    std::vector<Stack*> stacks;
    std::vector<Stack*> idle;
    uint64_t slots[2][1024];
    std::vector<char> shared;
    void* scheduler = nullptr;
    Fibre* current = nullptr;
    void (*body)(void*) = nullptr;
    void* argument = nullptr;

    ~Player() {
        for (Stack* stack : stacks) {
            munmap(stack->base, STACK);
            delete stack;
        }
    }
};

inline thread_local Player player;

}  // namespace emulator

inline thread_local uint3 threadIdx{}, blockIdx{};
inline thread_local dim3 blockDim{}, gridDim{};
constexpr int warpSize = 32;

namespace emulator {

inline void fail(const char* what) {
    std::fprintf(stderr, "emulator: %s (block %u %u %u, thread %u)\n", what, blockIdx.x, blockIdx.y, blockIdx.z, threadIdx.x);
    std::abort();
}

inline void yield(State state) {
    Fibre* self = player.current;
    self->state = state;
    emulator_switch(&self->stack->pointer, player.scheduler);
}

inline void fibre_main() {
    for (;;) {
        player.body(player.argument);
        yield(DONE);
    }
}

inline Stack* new_stack() {
    Stack* stack = new Stack;
    stack->base = (char*) mmap(nullptr, STACK, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    uintptr_t top = ((uintptr_t) stack->base + STACK) & ~(uintptr_t) 15;
#if defined(__x86_64__)
    void** at = (void**) top;
    *--at = nullptr;              // a callee finds its stack 8 bytes off a multiple of 16
    *--at = (void*) fibre_main;   // where the switch returns to
    for (int i = 0; i < SAVED; i++) {
        *--at = nullptr;
    }
#else
    void** at = (void**) (top - 160);
    std::memset(at, 0, 160);
    at[11] = (void*) fibre_main;  // x30
#endif
    stack->pointer = at;
    player.stacks.push_back(stack);
    return stack;
}

inline void resume(Fibre& fibre) {
    if (fibre.stack == nullptr) {
        if (player.idle.empty()) {
            player.idle.push_back(new_stack());
        }
        fibre.stack = player.idle.back();
        player.idle.pop_back();
    }
    player.current = &fibre;
    threadIdx = fibre.thread;
    emulator_switch(&player.scheduler, fibre.stack->pointer);
    if (fibre.state == DONE) {
        player.idle.push_back(fibre.stack);
        fibre.stack = nullptr;
    }
}

// Plays a warp until all its live lanes wait for the block, or are done. Returns whether there is a live one.
inline bool play_warp(size_t begin, size_t end) {
    for (;;) {
        bool live = false;
        bool at_block = false;
        bool at_warp = false;
        for (size_t i = begin; i < end; i++) {
            Fibre& fibre = player.fibres[i];
            if (fibre.state == READY) {
                resume(fibre);
            }
            live |= fibre.state != DONE;
            at_block |= fibre.state == AT_BARRIER;
            at_warp |= fibre.state == AT_WARP_BARRIER;
        }
        if (!at_warp) {
            return live;
        }
        if (at_block) {
            fail("lanes of a warp wait for each other at different places");
        }
        for (size_t i = begin; i < end; i++) {
            Fibre& fibre = player.fibres[i];
            fibre.state = fibre.state == AT_WARP_BARRIER ? READY : fibre.state;
        }
    }
}

inline void play_block() {
    size_t count = (size_t) blockDim.x * blockDim.y * blockDim.z;
    player.fibres.assign(count, Fibre{});
    for (size_t i = 0; i < count; i++) {
        player.fibres[i].thread = {(unsigned) (i % blockDim.x), (unsigned) (i / blockDim.x % blockDim.y), (unsigned) (i / blockDim.x / blockDim.y)};
    }
    for (bool live = true; live;) {
        live = false;
        for (size_t warp = 0; warp < count; warp += LANES) {
            live |= play_warp(warp, warp + LANES < count ? warp + LANES : count);
        }
        for (Fibre& fibre : player.fibres) {
            fibre.state = fibre.state == AT_BARRIER ? READY : fibre.state;
        }
    }
}

inline void* dynamic_shared() {
    uintptr_t at = (uintptr_t) player.shared.data();
    return (void*) ((at + 255) & ~(uintptr_t) 255);
}

template <typename... A, size_t... I>
inline void call(void (*kernel)(A...), void** arguments, std::index_sequence<I...>) {
    kernel(*(std::remove_cv_t<std::remove_reference_t<A>>*) arguments[I]...);
}

// Starts a kernel: grid is x, y, z blocks and the threads of a block.
template <typename... A>
inline void launch(void (*kernel)(A...), const unsigned* grid, unsigned shared, void** arguments) {
    struct Call {
        void (*kernel)(A...);
        void** arguments;
    };
    Call call{kernel, arguments};
    uint64_t blocks = (uint64_t) grid[0] * grid[1] * grid[2];
    uint64_t players = blocks * grid[3] >= 1 << 16 ? std::max(1u, std::thread::hardware_concurrency()) : 1;
    auto play = [&](uint64_t first) {
        gridDim = {grid[0], grid[1], grid[2]};
        blockDim = {grid[3], 1, 1};
        // what a kernel does not write first is rubbish on a card, too
        player.shared.assign(shared + 512, (char) 0xff);
        player.argument = &call;
        player.body = [](void* at) {
            Call* c = (Call*) at;
            emulator::call(c->kernel, c->arguments, std::index_sequence_for<A...>{});
        };
        for (uint64_t block = first; block < blocks; block += players) {
            blockIdx = {(unsigned) (block % grid[0]), (unsigned) (block / grid[0] % grid[1]), (unsigned) (block / grid[0] / grid[1])};
            play_block();
        }
    };
    std::vector<std::thread> threads;
    for (uint64_t i = 1; i < players; i++) {
        threads.emplace_back(play, i);
    }
    play(0);
    for (std::thread& thread : threads) {
        thread.join();
    }
}

inline int linear_thread() { return (int) (player.current - player.fibres.data()); }

// Two sets of slots take turns: whoever writes into one again has seen all the others behind the exchange between.
template <typename T>
inline T exchange(T value, int source_lane) {
    static_assert(sizeof(T) <= 8);
    Player& own = player;
    int self = linear_thread();
    unsigned turn = own.current->exchanges++ % 2;
    std::memcpy(&own.slots[turn][self], &value, sizeof(T));
    yield(AT_WARP_BARRIER);
    size_t source = (size_t) (self / LANES * LANES + source_lane);
    T result = value;
    if (source_lane >= 0 && source_lane < LANES && source < own.fibres.size()) {
        std::memcpy(&result, &own.slots[turn][source], sizeof(T));
    }
    return result;
}

// Calls what is to be done with what every lane of the warp offers, while all of them wait.
template <typename T, typename F>
inline void with_offers(const T& offer, F use) {
    Player& own = player;
    int self = linear_thread();
    uint64_t* slots = own.slots[own.current->exchanges++ % 2];
    const T* mine = &offer;
    std::memcpy(&slots[self], &mine, sizeof(mine));
    yield(AT_WARP_BARRIER);
    const T* offers[LANES];
    std::memcpy(offers, &slots[self / LANES * LANES], sizeof(offers));
    use(offers, self % LANES);
    yield(AT_WARP_BARRIER);
}

inline float of_upper_bits(unsigned bits) {
    float x;
    bits <<= 16;
    std::memcpy(&x, &bits, 4);
    return x;
}

inline unsigned bfloat16_bits(float x) {
    unsigned bits;
    std::memcpy(&bits, &x, 4);
    bool nan = (bits & 0x7fffffffu) > 0x7f800000u;
    return nan ? (bits >> 16) | 0x40u : (bits + 0x7fffu + ((bits >> 16) & 1u)) >> 16;
}

}  // namespace emulator

// The fragments of mma.m16n8k16 and ldmatrix as PTX lays them out.
inline unsigned to_bfloat16_pair(float lower, float upper) {
    return (emulator::bfloat16_bits(lower) & 0xffffu) | emulator::bfloat16_bits(upper) << 16;
}

inline void multiply_fragments(float (&sum)[4], const unsigned (&left)[4], unsigned right_upper, unsigned right_lower) {
    struct Offer { unsigned left[4], right[2]; };
    Offer own{{left[0], left[1], left[2], left[3]}, {right_upper, right_lower}};
    emulator::with_offers(own, [&](const Offer* const* offers, int lane) {
        for (int i = 0; i < 4; i++) {
            int row = lane / 4 + i / 2 * 8;
            int column = lane % 4 * 2 + i % 2;
            for (int k = 0; k < 16; k++) {
                unsigned a = offers[row % 8 * 4 + k % 8 / 2]->left[row / 8 + k / 8 * 2];
                unsigned b = offers[column * 4 + k % 8 / 2]->right[k / 8];
                int shift = k % 2 * 16;
                sum[i] += emulator::of_upper_bits(a >> shift & 0xffffu) * emulator::of_upper_bits(b >> shift & 0xffffu);
            }
        }
    });
}

template <typename T>
inline void load_fragments_of(unsigned (&parts)[4], const T* row, bool transposed) {
    const unsigned short* elements = (const unsigned short*) row;
    struct Offer { const unsigned short* row; };
    emulator::with_offers(Offer{elements}, [&](const Offer* const* offers, int lane) {
        for (int i = 0; i < 4; i++) {
            unsigned pair[2];
            for (int half = 0; half < 2; half++) {
                int one = lane / 4;
                int other = lane % 4 * 2 + half;
                pair[half] = transposed ? offers[i * 8 + other]->row[one] : offers[i * 8 + one]->row[other];
            }
            parts[i] = pair[0] | pair[1] << 16;
        }
    });
}

template <typename T>
inline void load_fragments(unsigned (&parts)[4], const T* row) { load_fragments_of(parts, row, false); }
template <typename T>
inline void load_fragments_transposed(unsigned (&parts)[4], const T* row) { load_fragments_of(parts, row, true); }

inline void __syncthreads() { emulator::yield(emulator::AT_BARRIER); }
inline void __syncwarp(unsigned = 0xffffffffu) { emulator::yield(emulator::AT_WARP_BARRIER); }

template <typename T>
inline T __shfl_sync(unsigned, T value, int lane) { return emulator::exchange(value, lane % 32); }
template <typename T>
inline T __shfl_xor_sync(unsigned, T value, int mask) { return emulator::exchange(value, (emulator::linear_thread() % 32) ^ mask); }
template <typename T>
inline T __shfl_down_sync(unsigned, T value, int by) { return emulator::exchange(value, emulator::linear_thread() % 32 + by); }
template <typename T>
inline T __shfl_up_sync(unsigned, T value, int by) { return emulator::exchange(value, emulator::linear_thread() % 32 - by); }

inline unsigned __float_as_uint(float x) { unsigned y; std::memcpy(&y, &x, 4); return y; }
inline float __uint_as_float(unsigned x) { float y; std::memcpy(&y, &x, 4); return y; }
inline int __float_as_int(float x) { int y; std::memcpy(&y, &x, 4); return y; }
inline float __int_as_float(int x) { float y; std::memcpy(&y, &x, 4); return y; }
template <typename T>
inline T __ldg(const T* at) { return *at; }
inline float rsqrtf(float x) { return 1.0f / std::sqrt(x); }
inline double rsqrt(double x) { return 1.0 / std::sqrt(x); }
inline float __expf(float x) { return expf(x); }
inline float __logf(float x) { return logf(x); }
inline float __fdividef(float x, float y) { return x / y; }
template <typename T>
inline T min(T a, T b) { return b < a ? b : a; }
template <typename T>
inline T max(T a, T b) { return a < b ? b : a; }
