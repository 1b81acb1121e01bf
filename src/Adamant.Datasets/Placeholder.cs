namespace Adamant.Datasets;
