-- What a draft policy would change, row by row.
CREATE TABLE "policy_simulation_flip" (
    "simulationId" TEXT NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "direction" TEXT NOT NULL,
    "productId" TEXT NOT NULL,
    "ownerId" TEXT NOT NULL,
    "subjectId" TEXT,
    "action" TEXT NOT NULL,
    "before" TEXT NOT NULL,
    "after" TEXT NOT NULL,
    "count" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "policy_simulation_flip_pkey" PRIMARY KEY ("simulationId","ordinal")
);
CREATE INDEX "policy_simulation_flip_simulationId_kind_direction_idx" ON "policy_simulation_flip"("simulationId", "kind", "direction");
ALTER TABLE "policy_simulation_flip" ADD CONSTRAINT "policy_simulation_flip_simulationId_fkey" FOREIGN KEY ("simulationId") REFERENCES "policy_simulation"("id") ON DELETE CASCADE ON UPDATE CASCADE;
