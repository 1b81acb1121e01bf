namespace Adamant.Reports;
