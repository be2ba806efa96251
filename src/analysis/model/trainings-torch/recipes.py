"""The recipes: for each the ranges its knobs are drawn from. What a key leaves out is DEFAULT's."""

RNN = ("gru", "lstm")
FEED = ("mlp", "cnn", "cnn-bn", "mlp-bn")
PLAIN = ("mlp", "cnn", "gru", "lstm", "transformer", "autoencoder")
HARD = ("digits", "digits-jittered", "classification", "friedman", "grammar", "library")
WIDE = ("digits-jittered", "classification", "moons", "friedman", "sine", "grammar", "library")
SMALL = ("digits", "breast-cancer", "wine", "diabetes", "classification", "moons", "friedman")
SMALL += ("digits-jittered", "sine", "grammar", "library")
ADAPTIVE, MOMENTUM = ("adam", "adamw", "rmsprop"), ("momentum",)

DEFAULT = {
    "size": (400, 8000), "steps": (200, 1500), "rate": (0.4, 2.0), "width": (20, 96),
    "depth": (1, 3), "regularise": "none", "noise": (0, 0), "batch": (8, 128), "epochs": 0.6,
    "data": WIDE + ("digits",), "networks": FEED + PLAIN, "optimizers": None, "schedules": None,
    "flags": {},
}  # fmt: skip

# Schedules a plain training may have; restarts and lonely steps belong to their own recipes.
SCHEDULES = ("constant", "constant", "step", "cosine", "linear", "warmup-cosine")

LABELLED = ("digits", "digits-jittered", "classification", "moons", "breast-cancer")

OVERFIT = {"size": (50, 350), "steps": (700, 2500), "width": (48, 256), "data": SMALL,
           "batch": (4, 64), "schedules": ("constant", "constant", "cosine", "step")}  # fmt: skip
UNSTABLE = {"steps": (150, 900), "schedules": ("constant", "constant", "cosine")}

RECIPES = {
    # healthy
    "good": {"weight": 9, "regularise": "some", "size": (800, 10000)},
    "good-plain": {"weight": 6, "size": (2500, 20000), "width": (16, 48), "depth": (1, 2)},
    "converged": {"weight": 4, "size": (3000, 40000), "steps": (1500, 3500), "width": (8, 20), "rate": (1.5, 4),
                  "depth": (1, 1), "data": ("classification", "moons", "friedman", "sine")},
    # not faults
    "decay-drop": {"weight": 2.5, "schedules": ("step",), "regularise": "some", "rate": (1.5, 5),
                   "size": (2500, 12000), "optimizers": ("momentum", "sgd", "adam")},
    "warm-restart": {"weight": 2.5, "schedules": ("restarts",), "regularise": "some",
                     "size": (2500, 12000), "rate": (1, 4)},
    "resume": {"weight": 2, "flags": {"resume": True}, "size": (2500, 12000),
               "regularise": "some"},
    "saw-tooth": {"weight": 2, "flags": {"sawTooth": True}, "size": (1500, 8000), "epochs": 0,
                  "regularise": "some"},
    "fine-tune": {"weight": 2.5, "flags": {"pretrain": True}, "rate": (0.03, 0.2),
                  "size": (600, 3000), "steps": (60, 500), "regularise": "some",
                  "networks": ("mlp", "mlp-bn", "cnn", "cnn-bn", "gru", "transformer")},
    "double-descent": {"weight": 3, "size": (500, 800), "steps": (900, 1800), "rate": (3, 6),
                       "width": (96, 160), "depth": (1, 1), "data": ("modular",),
                       "networks": ("mlp",), "optimizers": ("adamw",), "epochs": 0,
                       "schedules": ("constant",), "flags": {"grokking": True}},
    "curriculum": {"weight": 2, "flags": {"curriculum": True}, "size": (2500, 12000),
                   "regularise": "some", "networks": ("mlp", "mlp-bn", "cnn", "gru"),
                   "data": ("digits-jittered", "classification", "friedman", "sine")},
    "one-hard-batch": {"weight": 2, "flags": {"hardBatch": True}, "size": (2500, 12000),
                       "regularise": "some", "epochs": 0.15, "optimizers": ("adam", "adamw")},
    "from-zero": {"weight": 2, "flags": {"fromZero": True}, "size": (2500, 12000), "epochs": 0.1,
                  "regularise": "some"},
    "noisy-flat": {"weight": 2.5, "batch": (1, 4), "epochs": 0, "steps": (1200, 2500),
                   "size": (3000, 20000), "width": (8, 24), "depth": (1, 1), "rate": (0.6, 2),
                   "networks": ("mlp",), "data": ("classification", "moons", "friedman")},
    "dropout-gap": {"weight": 3, "regularise": "strong", "size": (2500, 12000),
                    "width": (64, 160), "steps": (500, 1800)},
    # overfitting
    "few-data": {**OVERFIT, "weight": 7},
    "label-noise": {**OVERFIT, "weight": 4.5, "size": (200, 600), "noise": (0.1, 0.5),
                    "steps": (1200, 3000), "rate": (1, 3),
                    "networks": ("mlp", "mlp-bn", "cnn", "gru"), "data": LABELLED,
                    "width": (96, 256)},
    "too-big": {**OVERFIT, "weight": 4, "size": (100, 500), "width": (160, 512),
                "depth": (2, 4)},
    "few-data-regularised": {**OVERFIT, "weight": 6.5, "regularise": "strong",
                             "steps": (60, 500), "size": (120, 500)},
    # underfitting
    "lr-tiny": {"weight": 4, "rate": (0.0005, 0.012), "steps": (80, 800), "data": HARD},
    "net-tiny": {"weight": 4, "width": (1, 2.5), "depth": (1, 2), "data": HARD,
                 "networks": ("mlp", "gru", "lstm", "cnn"), "steps": (400, 1500)},
    "over-regularised": {"weight": 3.5, "regularise": "absurd", "data": HARD},
    "dead": {"weight": 3, "flags": {"dead": True}, "size": (2500, 12000), "steps": (100, 700)},
    "short": {"weight": 3.5, "steps": (8, 60), "rate": (0.15, 0.7), "size": (600, 8000),
              "data": HARD, "schedules": ("constant", "constant", "warmup-cosine", "linear")},
    # unstable
    "lr-high": {**UNSTABLE, "weight": 5, "rate": (30, 1500)},
    "no-clip": {**UNSTABLE, "weight": 2, "flags": {"noClip": True}, "rate": (8, 50),
                "optimizers": ("sgd", "momentum"), "networks": RNN + ("mlp",), "depth": (4, 7),
                "data": ("sine", "grammar", "library", "friedman", "digits")},
    "momentum-high": {**UNSTABLE, "weight": 2, "optimizers": MOMENTUM, "rate": (6, 60),
                      "flags": {"momentum": 0.99}},
    "bad-batches": {**UNSTABLE, "weight": 2.5, "flags": {"badBatches": True}},
    "overflow": {**UNSTABLE, "weight": 2, "flags": {"overflow": True}, "rate": (2, 10)},
    "warmup-missing": {**UNSTABLE, "weight": 2, "rate": (30, 300), "depth": (2, 5),
                       "networks": ("transformer", "transformer", "mlp"),
                       "optimizers": ("adam", "adamw")},
    "batch-norm-small-batch": {"weight": 1.5, "batch": (2, 4), "rate": (2, 8),
                               "networks": ("mlp-bn", "cnn-bn"), "steps": (400, 1200)},
    "gan": {"weight": 2, "networks": ("gan",), "data": ("ring",), "steps": (400, 1500)},
}  # fmt: skip
