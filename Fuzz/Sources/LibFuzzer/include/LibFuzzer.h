#pragma once
#include <stddef.h>
#include <stdint.h>

/// Runs libFuzzer with a function that is given each input. It returns when the run is over.
int LLVMFuzzerRunDriver(int *_Nonnull argc, char *_Nullable *_Nonnull *_Nonnull argv,
                        int (*_Nonnull callback)(const uint8_t *_Nullable data, size_t size));
